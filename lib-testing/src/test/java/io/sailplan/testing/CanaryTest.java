package io.sailplan.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.Planner;
import io.sailplan.model.Application;
import io.sailplan.model.Json;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.Resource;
import io.sailplan.plan.PatchOperation;
import io.sailplan.plan.Plan;
import io.sailplan.plan.PlanKey;
import io.sailplan.plan.PlanText;
import io.sailplan.plan.SavedPlan;
import io.sailplan.plan.SecretSource;
import io.sailplan.planning.ObservationScope;
import io.sailplan.planning.PlanRequest;
import io.sailplan.planning.PlanResult;
import io.sailplan.policy.Policy;
import io.sailplan.render.PlanHtml;
import io.sailplan.render.PlanMarkdown;
import io.sailplan.render.PlanSvg;
import io.sailplan.run.Outcome;
import io.sailplan.run.Request;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Canaries in every field of Secrets, and in the copies that other tools keep in annotations: none,
 * in whatever form, in anything that this library says, writes or throws.
 */
class CanaryTest {
  private static final PlanKey KEY =
      PlanKey.of("a key for saved plans in tests".getBytes(StandardCharsets.UTF_8));

  /** As it is declared first, as it lives after somebody's edit, as it is declared then. */
  private static final String[] CANARIES = {
    "canary-declared/\"1\"+&", "canary-edited\n2 %", "canary-wanted<3>"
  };

  private final SimulatedCluster cluster = SimulatedCluster.create();
  private final Map<String, String> said = new LinkedHashMap<>();

  @Test
  void no_canary_gets_out() {
    deploy(0, "first");
    edit();
    PlanResult second = result(application(2));
    say("conflicts", second);
    deploy(2, "second");
    delete();
    List<String> forms = forms();
    said.forEach((where, text) -> forms.forEach(form -> isNot(where, text, form)));
    assertThat(said).hasSizeGreaterThan(100);
  }

  @Test
  void the_forms_that_are_looked_for_are_found_where_they_are() {
    for (String canary : CANARIES) {
      Manifest manifest = secret(canary);
      assertThat(forms()).anyMatch(form -> manifest.toJson().contains(form));
    }
  }

  @Test
  void what_is_no_secret_is_said_so_that_a_canary_there_would_be_found() {
    cluster.run(Planner.standard().plan(request(open(0))).orThrow(), progress -> {});
    Plan plan = Planner.standard().plan(request(open(2))).orThrow();
    assertThat(
            List.of(
                plan.render(),
                plan.toJson(),
                PlanMarkdown.of(plan),
                PlanHtml.of(plan),
                SavedPlan.of(plan, KEY).orThrow().toJson()))
        .allMatch(text -> forms().stream().anyMatch(text::contains));
  }

  private static Application open(int canary) {
    Manifest open = secret(CANARIES[canary]).with("ConfigMap", "kind").without("stringData");
    return Application.of("shop", List.of(Resource.of(open)));
  }

  private void deploy(int canary, String what) {
    Application application = application(canary);
    PlanResult result = result(application);
    say(what + " result", result);
    Plan plan =
        result
            .plan()
            .orElseGet(
                () ->
                    Planner.standard()
                        .plan(request(application).by(Policy.standard().forcing()))
                        .orThrow());
    say(what, plan);
    cluster.faults().onWrite(1).happens(Fault.lostAfter());
    List<Object> progress = new ArrayList<>();
    Outcome outcome = cluster.run(plan, progress::add);
    cluster.faults().clear();
    say(what + " progress", progress);
    say(what + " outcome", outcome);
    said.put(what + " rendered outcome", outcome.render());
    cluster.requests().forEach(sent -> say(what + " request " + sent.number(), sent));
    assertThat(outcome.isSuccess()).as(outcome.render()).isTrue();
  }

  private void delete() {
    Application application = application(2);
    Plan plan =
        Planner.standard()
            .plan(
                PlanRequest.delete(application, cluster.observe(ObservationScope.of(application))))
            .orThrow();
    say("deletion", plan);
    say("end", cluster.run(plan, progress -> {}));
  }

  /** Somebody changes the Secret, and leaves a copy of it behind, as kubectl does. */
  private void edit() {
    ObjectKey key = new ObjectKey("", "Secret", "default", "db");
    String copy = secret(CANARIES[1]).toJson();
    List<PatchOperation> edits =
        List.of(
            PatchOperation.add("/data/password", base64(CANARIES[1])),
            PatchOperation.add("/data/other", base64(CANARIES[1])),
            PatchOperation.add(
                "/metadata/annotations",
                Map.of("kubectl.kubernetes.io/last-applied-configuration", copy)));
    assertThat(cluster.send(new Request.Patch(key, edits, "kubectl", "")).isSuccess()).isTrue();
    say("live", cluster.object(key).orElseThrow());
  }

  private void say(String what, Plan plan) {
    said.put(what + " text", plan.render());
    said.put(what + " coloured", PlanText.coloured().render(plan));
    said.put(what + " json", plan.toJson());
    said.put(what + " markdown", PlanMarkdown.of(plan));
    said.put(what + " html", PlanHtml.of(plan));
    said.put(what + " svg", PlanSvg.of(plan));
    say(what + " plan", (Object) plan.steps());
    say(what + " warnings", plan.warnings());
    said.put(what + " permissions", plan.permissions().toYaml("x"));
    SavedPlan saved = SavedPlan.of(plan, KEY).orThrow();
    said.put(what + " saved", saved.toJson() + saved.render() + saved);
    say(what + " without key", SavedPlan.of(plan));
    for (String canary : CANARIES) {
      SavedPlan.Opening opening = saved.open(KEY, key -> Optional.of(secret(canary)));
      say(what + " opened", opening);
      try {
        opening.orThrow();
      } catch (RuntimeException e) {
        said.put(what + " exception for " + canary, e.toString() + e.getMessage());
      }
    }
    say(what + " read", SavedPlan.read("x", saved.toJson().replace("PT1M", "1")));
    say(what + " cut", SavedPlan.read("x", saved.toJson().substring(0, 2000)));
    assertThat(saved.open(KEY, SecretSource.none())).isNotNull();
  }

  /** Notes the text of an object, and of everything that it holds. */
  private void say(String what, Object thing) {
    walk(what, thing, new IdentityHashMap<>());
  }

  private void walk(String what, Object thing, Map<Object, Boolean> seen) {
    if (thing == null || seen.put(thing, true) != null || thing instanceof Enum) {
      return;
    }
    if (thing instanceof Optional<?> optional) {
      optional.ifPresent(value -> walk(what, value, seen));
    } else if (thing instanceof Collection<?> collection) {
      int i = 0;
      for (Object item : collection) {
        walk(what + "[" + i++ + "]", item, seen);
      }
    } else if (isOurs(thing)) {
      said.put(what + " " + thing.getClass().getSimpleName() + "#" + said.size(), thing.toString());
      if (thing.getClass().isRecord() && Modifier.isPublic(thing.getClass().getModifiers())) {
        for (RecordComponent component : thing.getClass().getRecordComponents()) {
          if (component.getType() != Object.class) { // a value that somebody may ask for by name
            walk(what + "." + component.getName(), get(component, thing), seen);
          }
        }
      }
    }
  }

  private static boolean isOurs(Object thing) {
    return thing.getClass().getName().startsWith("io.sailplan.");
  }

  private static Object get(RecordComponent component, Object thing) {
    try {
      return component.getAccessor().invoke(thing);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private PlanRequest request(Application application) {
    return PlanRequest.deploy(application, cluster.observe(ObservationScope.of(application)))
        .at(cluster.now());
  }

  private PlanResult result(Application application) {
    return Planner.standard().plan(request(application));
  }

  private static Application application(int canary) {
    return Application.of("shop", List.of(Resource.of(secret(CANARIES[canary]))));
  }

  /** A Secret that has the canary in its data, both ways, and in the copies of two other tools. */
  private static Manifest secret(String canary) {
    Manifest bare =
        Manifest.of(
            Map.of(
                "apiVersion",
                "v1",
                "kind",
                "Secret",
                "metadata",
                Map.of("name", "db", "namespace", "default"),
                "data",
                Map.of("password", base64(canary), "file.txt", base64("a\n" + canary + "\nb")),
                "stringData",
                Map.of("user", canary)));
    return bare.with(
        Map.of(
            "kubectl.kubernetes.io/last-applied-configuration", bare.toJson(),
            "kapp.k14s.io/original", bare.without("stringData").toJson()),
        "metadata",
        "annotations");
  }

  private static void isNot(String where, String text, String form) {
    assertThat(text.contains(form)).as("%s holds %s:\n%s", where, form, text).isFalse();
  }

  private static List<String> forms() {
    List<String> forms = new ArrayList<>();
    for (String canary : CANARIES) {
      byte[] bytes = canary.getBytes(StandardCharsets.UTF_8);
      forms.add(canary);
      forms.add(canary.substring(0, 10));
      forms.add(base64(canary).substring(0, 12));
      forms.add(base64("a\n" + canary).substring(4, 16));
      forms.add(Base64.getUrlEncoder().encodeToString(bytes).substring(0, 12));
      forms.add(HexFormat.of().formatHex(bytes).substring(0, 16));
      forms.add(URLEncoder.encode(canary, StandardCharsets.UTF_8));
      forms.add(Json.write(canary));
    }
    return forms;
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
