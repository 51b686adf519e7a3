package io.sailplan.testing;

import io.sailplan.run.Response;

/** The server refuses a request; carries the answer. Never leaves this package. */
final class ApiError extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Response response;

  ApiError(Response response) {
    super(response.status() + " " + response.message(), null, false, false);
    this.response = response;
  }

  Response response() {
    return response;
  }
}
