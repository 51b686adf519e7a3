package io.sailplan.testing;

import io.sailplan.model.GroupVersionKind;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.run.Request;
import io.sailplan.run.Response;
import io.sailplan.shape.KindShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers requests; whatever is refused is an answer, too. */
final class ApiServer {
  private final World world;
  private final Writes writes;
  private final Deletion deletion;

  ApiServer(World world, Writes writes, Deletion deletion) {
    this.world = world;
    this.writes = writes;
    this.deletion = deletion;
  }

  /** Answers a request; reads show the state that was {@code back} changes ago. */
  Response answer(Request request, long back, Authority authority) {
    try {
      if (request instanceof Request.Review review) {
        return reviewed(review, authority);
      }
      Response refusal = authority.refusal(request);
      if (refusal == null) {
        Aggregation.check(world, request);
      }
      return refusal == null ? dispatch(request, back) : refusal;
    } catch (ApiError refused) {
      return refused.response();
    }
  }

  private Response dispatch(Request request, long back) {
    if (request instanceof Request.Get get) {
      return get(get, back);
    }
    if (request instanceof Request.ListObjects list) {
      return list(list, back);
    }
    if (request instanceof Request.Apply apply) {
      return writes.apply(apply);
    }
    if (request instanceof Request.Create create) {
      return writes.create(create.manifest(), create.fieldManager());
    }
    if (request instanceof Request.Replace replace) {
      return writes.replace(replace.manifest(), replace.fieldManager(), replace.subresource());
    }
    if (request instanceof Request.Patch patch) {
      return writes.patch(
          patch.key(), patch.operations(), patch.fieldManager(), patch.subresource());
    }
    if (request instanceof Request.Delete delete) {
      return deletion.delete(
          delete.key(), delete.uid(), delete.resourceVersion(), delete.propagation(), false);
    }
    return logs((Request.Logs) request);
  }

  private static Response reviewed(Request.Review review, Authority authority) {
    boolean allowed = authority.allows(review.access());
    return Response.of(201, review.manifest().with(Tree.of("allowed", allowed), "status"));
  }

  private Response get(Request.Get get, long back) {
    ObjectKey key = get.key();
    KindShape shape =
        get.version().isEmpty()
            ? world.kinds().preferred(key.groupKind())
            : world.kinds().exactly(new GroupVersionKind(key.group(), get.version(), key.kind()));
    for (Manifest object : back == 0 ? present(key) : world.store().past(back)) {
      if (object.key().equals(key)) {
        return Response.of(200, Conversion.to(shape.kind(), object));
      }
    }
    throw Answers.notFound(shape.resource(), key.name());
  }

  private List<Manifest> present(ObjectKey key) {
    Manifest object = world.store().get(key);
    return object == null ? List.of() : List.of(object);
  }

  private Response list(Request.ListObjects list, long back) {
    KindShape shape = world.kinds().preferred(list.groupKind());
    List<Manifest> all =
        back == 0
            ? world.store().list(list.groupKind(), list.namespace())
            : world.store().past(back);
    List<Object> items = new ArrayList<>();
    for (Manifest object : all) {
      if (object.key().groupKind().equals(list.groupKind())
          && (list.namespace().isEmpty() || list.namespace().equals(object.namespace()))
          && object.labels().entrySet().containsAll(list.labels().entrySet())
          && Selectors.selectsFields(list.fields(), object)) {
        items.add(object.tree());
      }
    }
    return Response.of(
        200,
        Manifest.of(
            Tree.of(
                "kind",
                shape.kind().kind() + "List",
                "apiVersion",
                shape.kind().apiVersion(),
                "metadata",
                Tree.of("resourceVersion", Long.toString(world.store().revision() - back)),
                "items",
                items)));
  }

  private Response logs(Request.Logs logs) {
    ObjectKey key = new ObjectKey("", "Pod", logs.namespace(), logs.pod());
    Manifest pod = world.store().get(key);
    if (pod == null) {
      throw Answers.notFound(world.kinds().preferred(Kind.POD).resource(), logs.pod());
    }
    for (Map<String, @Nullable Object> status : Tree.objects(pod, "status", "containerStatuses")) {
      boolean started = status.get("containerID") != null;
      if (logs.container().equals(status.get("name")) && started) {
        return new Response(200, null, "simulated: nothing runs here\n", null, List.of());
      }
    }
    throw Answers.badRequest(
        "container \""
            + logs.container()
            + "\" in pod \""
            + logs.pod()
            + "\" is waiting to start: ContainerCreating");
  }
}
