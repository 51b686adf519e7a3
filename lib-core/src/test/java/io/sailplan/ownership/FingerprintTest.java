package io.sailplan.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.model.FieldPath;
import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import org.junit.jupiter.api.Test;

/** The objects have the form in which a 1.36 API server returned them. */
class FingerprintTest {
  private static final String MANAGER = "sailplan/shop/shop";

  private static final Manifest PAYLOAD =
      json(
          "{'apiVersion':'apps/v1','kind':'Deployment','metadata':{'name':'api','namespace':'shop',"
              + "'labels':{'app':'api'}},'spec':{'replicas':2,'selector':{'matchLabels':{'app':'api'}},"
              + "'template':{'metadata':{'labels':{'app':'api'}},'spec':{'containers':[{'name':'app',"
              + "'image':'shop:1','ports':[{'containerPort':80}]}]}}}}");

  private static final String OWNED =
      "{'f:metadata':{'f:labels':{'f:app':{}}},'f:spec':{'f:replicas':{},'f:selector':{},"
          + "'f:template':{'f:metadata':{'f:labels':{'f:app':{}}},'f:spec':{'f:containers':"
          + "{'k:{\\'name\\':\\'app\\'}':{'.':{},'f:name':{},'f:image':{},'f:ports':"
          + "{'k:{\\'containerPort\\':80,\\'protocol\\':\\'TCP\\'}':{'.':{},'f:containerPort':{}}}}}}}}}";

  private static final Manifest LIVE =
      json(
          "{'apiVersion':'apps/v1','kind':'Deployment','metadata':{'name':'api','namespace':'shop',"
              + "'uid':'u1','resourceVersion':'7','generation':1,'labels':{'app':'api'},"
              + "'managedFields':[{'manager':'"
              + MANAGER
              + "','operation':'Apply','apiVersion':'apps/v1','fieldsType':'FieldsV1','fieldsV1':"
              + OWNED
              + "}]},'spec':{'replicas':2,'progressDeadlineSeconds':600,'selector':{'matchLabels':"
              + "{'app':'api'}},'template':{'metadata':{'labels':{'app':'api'}},'spec':{'containers':["
              + "{'name':'app','image':'shop:1','imagePullPolicy':'IfNotPresent','ports':["
              + "{'containerPort':80,'protocol':'TCP'}]}],'dnsPolicy':'ClusterFirst'}}},"
              + "'status':{'replicas':2}}");

  @Test
  void what_is_not_ours_does_not_matter() {
    assertThat(print(LIVE.with("8", "metadata", "resourceVersion")))
        .isEqualTo(print(LIVE))
        .isEqualTo(print(LIVE.with(1L, "status", "replicas")))
        .isEqualTo(print(LIVE.with("x", "metadata", "labels", "other")))
        .isEqualTo(print(LIVE.with(5L, "spec", "progressDeadlineSeconds")))
        .hasSize(64);
  }

  @Test
  void what_is_sent_matters() {
    assertThat(print(LIVE.with(3L, "spec", "replicas"))).isNotEqualTo(print(LIVE));
    assertThat(print(LIVE.with("u2", "metadata", "uid"))).isNotEqualTo(print(LIVE));
    assertThat(print(json(LIVE.toJson().replace("shop:1", "shop:2")))).isNotEqualTo(print(LIVE));
  }

  @Test
  void what_we_own_matters_even_if_it_is_not_sent_any_more() {
    Manifest payload = PAYLOAD.without("spec", "replicas");
    String before = Fingerprint.of(LiveObject.of(LIVE), payload, MANAGER);
    assertThat(Fingerprint.of(live(LIVE.with(3L, "spec", "replicas")), payload, MANAGER))
        .isNotEqualTo(before);
    assertThat(Fingerprint.of(live(LIVE.with(3L, "spec", "replicas")), payload, "other"))
        .isEqualTo(Fingerprint.of(live(LIVE), payload, "other"));
  }

  @Test
  void an_own_write_is_recognised_with_what_the_server_added() {
    assertThat(OwnWrite.isThere(live(LIVE), PAYLOAD, MANAGER)).isTrue();
    assertThat(
            OwnWrite.isThere(
                live(LIVE),
                PAYLOAD.with("1", "metadata", "resourceVersion").with("u1", "metadata", "uid"),
                MANAGER))
        .isTrue();
  }

  @Test
  void somebody_elses_object_is_never_an_own_write() {
    assertThat(OwnWrite.isThere(live(LIVE), PAYLOAD, "somebody")).isFalse();
    assertThat(OwnWrite.hasEntry(live(LIVE), "somebody")).isFalse();
  }

  @Test
  void an_earlier_write_of_ours_is_not_this_one() {
    assertThat(OwnWrite.isThere(live(LIVE), PAYLOAD.with(3L, "spec", "replicas"), MANAGER))
        .as("another value")
        .isFalse();
    assertThat(OwnWrite.isThere(live(LIVE), PAYLOAD.without("spec", "replicas"), MANAGER))
        .as("one field less, which is still ours")
        .isFalse();
    assertThat(
            OwnWrite.isThere(
                live(LIVE), PAYLOAD.with(600L, "spec", "progressDeadlineSeconds"), MANAGER))
        .as("one field more, which has the value, but is not ours")
        .isFalse();
  }

  @Test
  void differences_are_named_by_path() {
    assertThat(
            OwnWrite.differences(
                live(json(LIVE.toJson().replace("shop:1", "shop:2")).with(3L, "spec", "replicas")),
                PAYLOAD))
        .extracting(FieldPath::toString)
        .containsExactly(".spec.replicas", ".spec.template.spec.containers[name=\"app\"].image");
  }

  @Test
  void texts_of_a_secret_are_found_in_its_data() {
    Manifest payload =
        json("{'apiVersion':'v1','kind':'Secret','metadata':{'name':'db'},'stringData':{'a':'b'}}");
    Manifest live =
        json(
            "{'apiVersion':'v1','kind':'Secret','metadata':{'name':'db','managedFields':[{'manager':'"
                + MANAGER
                + "','operation':'Apply','fieldsV1':{'f:stringData':{'f:a':{}}}}]},"
                + "'data':{'a':'Yg=='}}");
    assertThat(OwnWrite.isThere(live(live), payload, MANAGER)).isTrue();
    assertThat(OwnWrite.isThere(live(live.with("Yw==", "data", "a")), payload, MANAGER)).isFalse();
  }

  private static String print(Manifest live) {
    return Fingerprint.of(live(live), PAYLOAD, MANAGER);
  }

  private static LiveObject live(Manifest manifest) {
    return LiveObject.of(manifest);
  }

  private static Manifest json(String text) {
    return Manifest.parseJson(text.replace('\'', '"'));
  }
}
