package io.sailplan.run;

import static io.sailplan.run.Fixtures.config;
import static io.sailplan.run.Fixtures.create;
import static io.sailplan.run.Fixtures.delete;
import static io.sailplan.run.Fixtures.gone;
import static io.sailplan.run.Fixtures.json;
import static io.sailplan.run.Fixtures.plan;
import static io.sailplan.run.Fixtures.ready;
import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.Goldens;
import io.sailplan.model.Manifest;
import io.sailplan.plan.Step;
import io.sailplan.run.TestWorld.Fate;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a person reads when something went wrong. */
class ExplanationTest {
  private static final Manifest SECRET =
      json(
          "{'apiVersion':'v1','kind':'Secret','metadata':{'name':'db','namespace':'shop'},"
              + "'data':{'password':'aHVudGVyMg=='}}");

  @Test
  void a_rollout_that_expires_says_which_container_of_which_pod_and_why() throws IOException {
    Manifest api = deployment();
    TestWorld world =
        new TestWorld(
            plan(
                create(SECRET),
                await(api, "create Secret/db"),
                create(config("x", "1"), "await Deployment/api")),
            RunOptions.standard().logLines(2));
    world.server.put(api);
    world.server.put(replicaSet());
    world.server.put(pod());
    world.server.put(event());
    world.server.log("starting\nlogging in with hunter2\nfatal: no route to database\n");
    Outcome outcome = world.run();
    assertThat(outcome.render()).doesNotContain("hunter2");
    Goldens.check("outcomes/crash-loop.txt", outcome.render());
    assertThat(world.sent)
        .filteredOn(Request.ListObjects.class::isInstance)
        .map(
            request ->
                ((Request.ListObjects) request).groupKind()
                    + " "
                    + ((Request.ListObjects) request).fields())
        .containsExactly("ReplicaSet.apps {}", "Pod {}", "Event {type=Warning}");
  }

  @Test
  void a_message_that_is_cut_shows_no_half_of_a_secret() {
    Manifest secret = SECRET.with("correct-horse-battery-staple", "stringData", "token");
    String message = "x".repeat(590) + " correct-horse-battery-staple";
    TestWorld world =
        new TestWorld(plan(create(secret), create(config("x", "1"))), RunOptions.standard())
            .fates(
                (request, number) ->
                    request instanceof Request.Apply apply
                            && apply.manifest().kind().equals("ConfigMap")
                        ? Fate.answers(TestServer.error(422, "Invalid", message, Map.of()))
                        : Fate.normal());
    assertThat(world.run().render()).contains("xxx ***").doesNotContain("correct");
  }

  @Test
  void what_may_not_be_looked_at_is_named_and_does_no_harm() {
    Manifest api = deployment();
    TestWorld world =
        new TestWorld(plan(await(api)), RunOptions.standard())
            .fates(
                (request, number) ->
                    request instanceof Request.ListObjects list
                            && list.groupKind().kind().equals("Pod")
                        ? Fate.answers(
                            TestServer.error(403, "Forbidden", "pods is forbidden", Map.of()))
                        : request instanceof Request.ListObjects ? Fate.never() : Fate.normal());
    world.server.put(api);
    Outcome outcome = world.run();
    assertThat(outcome.steps().get(0).status()).isEqualTo(StepStatus.TIMED_OUT);
    assertThat(outcome.steps().get(0).explanation())
        .contains("was not ready within 5 min")
        .contains("Not looked at: Pods (the server answered 403 Forbidden: pods is forbidden)");
    assertThat(outcome.took()).isEqualTo(Duration.ofSeconds(310));
  }

  @Test
  void every_sort_of_end_is_told_in_its_own_words() throws IOException {
    Manifest a = config("a", "1");
    Manifest b = config("b", "1");
    Manifest c = config("c", "1");
    Manifest namespace =
        json(
            "{'apiVersion':'v1','kind':'Namespace','metadata':{'name':'old','uid':'u',"
                + "'deletionTimestamp':'2026-01-01T00:00:00Z'},'spec':{'finalizers':['kubernetes']},"
                + "'status':{'phase':'Terminating','conditions':[{'type':'NamespaceContentRemaining',"
                + "'status':'True','message':'Some resources are remaining: widgets.example.org has 1"
                + " resource instances'}]}}");
    Manifest silent =
        json(
            "{'apiVersion':'example.org/v1','kind':'Gadget','metadata':{'name':'g','namespace':'shop'}}");
    TestWorld world =
        new TestWorld(
                plan(
                    create(a),
                    create(b, "create ConfigMap/a"),
                    create(c, "create ConfigMap/b"),
                    create(config("d", "1")),
                    create(config("e", "1")),
                    create(silent),
                    gone(namespace, "uid-2"),
                    delete(config("f", "1"), "uid-0"),
                    silently(silent, "create Gadget/g")),
                RunOptions.standard())
            .fates(
                (request, number) ->
                    !(request instanceof Request.Apply apply)
                        ? Fate.normal()
                        : switch (apply.manifest().name()) {
                          case "a" ->
                              Fate.answers(
                                  TestServer.error(
                                      403,
                                      "Forbidden",
                                      "configmaps \"a\" is forbidden: exceeded quota: q, requested:"
                                          + " configmaps=1, used: configmaps=5, limited: configmaps=5",
                                      Map.of()));
                          case "e" ->
                              Fate.answers(
                                  TestServer.error(
                                      500,
                                      "InternalError",
                                      "Internal error occurred: failed calling webhook"
                                          + " \"w.example.org\": connection refused",
                                      Map.of()));
                          default -> Fate.normal();
                        });
    world.server.put(config("d", "9"));
    world.server.put(namespace);
    world.server.put(config("f", "9"));
    Goldens.check("outcomes/every-end.txt", world.run().render());
  }

  @Test
  void success_is_short() {
    Outcome outcome = new TestWorld(plan(create(SECRET)), RunOptions.standard()).run();
    assertThat(outcome.render()).isEqualTo("1 of 1 step done in 0 s\n");
  }

  @Test
  void what_the_server_quotes_of_a_secret_is_not_told() {
    TestWorld world =
        new TestWorld(plan(create(SECRET)), RunOptions.standard())
            .fates(
                (request, number) ->
                    Fate.answers(
                        TestServer.error(
                            422,
                            "Invalid",
                            "Secret \"db\" is invalid: {\"data\":{\"other\":\"dG9wc2VjcmV0\"}}",
                            Map.of(
                                "causes",
                                List.of(
                                    Map.of(
                                        "reason", "FieldValueInvalid",
                                        "field", "data[x y]",
                                        "message", "Invalid value: dG9wc2VjcmV0"))))));
    assertThat(world.run().steps().get(0).explanation())
        .isEqualTo(
            "Secret shop/db: the server answered 422 Invalid (the message may hold values of the"
                + " Secret, so it is not shown)\n  data[x y]: FieldValueInvalid");
  }

  private static Step.AwaitReady await(Manifest manifest, String... after) {
    Step.AwaitReady ready = ready(manifest, after);
    return new Step.AwaitReady(
        ready.id(),
        ready.target(),
        ready.reason(),
        ready.after(),
        Duration.ofMinutes(5),
        null,
        ready.quietPeriod(),
        false,
        "");
  }

  private static Step.AwaitReady silently(Manifest manifest, String... after) {
    return await(manifest, after);
  }

  private static Manifest deployment() {
    return json(
        "{'apiVersion':'apps/v1','kind':'Deployment','metadata':{'name':'api','namespace':'shop',"
            + "'generation':1},'spec':{'replicas':1,'selector':{'matchLabels':{'app':'api'}},"
            + "'template':{'metadata':{'labels':{'app':'api'}},'spec':{'containers':[{'name':'web'}]}}},"
            + "'status':{'observedGeneration':1,'replicas':1,'updatedReplicas':1,"
            + "'unavailableReplicas':1}}");
  }

  private static Manifest replicaSet() {
    return json(
        "{'apiVersion':'apps/v1','kind':'ReplicaSet','metadata':{'name':'api-1','namespace':'shop',"
            + "'labels':{'app':'api'},'annotations':{'deployment.kubernetes.io/revision':'1'},"
            + "'ownerReferences':[{'apiVersion':'apps/v1','kind':'Deployment','name':'api',"
            + "'uid':'uid-1','controller':true}]},'spec':{'replicas':1},'status':{'replicas':1}}");
  }

  private static Manifest pod() {
    return json(
        "{'apiVersion':'v1','kind':'Pod','metadata':{'name':'api-1-x','namespace':'shop',"
            + "'labels':{'app':'api'},'ownerReferences':[{'apiVersion':'apps/v1','kind':'ReplicaSet',"
            + "'name':'api-1','uid':'uid-2','controller':true}]},'spec':{'containers':[{'name':'web'}]},"
            + "'status':{'phase':'Running','containerStatuses':[{'name':'web','restartCount':4,"
            + "'ready':false,'state':{'waiting':{'reason':'CrashLoopBackOff','message':'back-off'}},"
            + "'lastState':{'terminated':{'exitCode':3,'reason':'Error'}}}]}}");
  }

  private static Manifest event() {
    return json(
        "{'apiVersion':'v1','kind':'Event','metadata':{'name':'api-1-x.1','namespace':'shop'},"
            + "'type':'Warning','reason':'BackOff','message':'Back-off restarting failed container web',"
            + "'count':7,'lastTimestamp':'2026-01-01T00:00:00Z','involvedObject':{'kind':'Pod',"
            + "'namespace':'shop','name':'api-1-x'}}");
  }
}
