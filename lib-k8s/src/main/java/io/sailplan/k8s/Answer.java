package io.sailplan.k8s;

import io.sailplan.run.Response;

/**
 * An answer with what only the adapter needs to know.
 *
 * @param response the answer
 * @param etag the header {@code ETag}; empty if there is none
 */
record Answer(Response response, String etag) {}
