package io.sailplan.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.run.Failure.Kind;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bodies are those of a 1.36 server, shortened; what stands in pipes is text/plain. */
class FailuresTest {
  private static final ObjectKey KEY = new ObjectKey("", "ConfigMap", "shop", "a");

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '`',
      value = {
        "429 # RETRY # |Too many requests, please try again later.|",
        "429 # RETRY # {'reason':'TooManyRequests','details':{'causes':[{'reason':'DisruptionBudget'}]}}",
        "500 # RETRY # {'reason':'InternalError','message':'Internal error occurred: failed calling webhook \"w\": no endpoints available'}",
        "500 # UNSURE # {'reason':'InternalError','message':'Internal error occurred: resource quota evaluation timed out'}",
        "500 # UNSURE # {'message':'etcdserver: leader changed'}",
        "500 # UNSURE # |This request caused apiserver to panic. Look in the logs for details.|",
        "500 # REFUSED # {'message':'failed to create typed patch object (/a; apps/v1, Kind=Deployment): .spec.repl: field not declared in schema'}",
        "500 # REFUSED # {'message':'failed to convert new object (t/a; /v1, Kind=Secret)'}",
        "502 # UNSURE # |Bad Gateway|",
        "503 # UNSURE # {'reason':'ServiceUnavailable'}",
        "504 # UNSURE # {'reason':'Timeout','details':{'causes':[{'reason':'ResourceVersionTooLarge'}]}}",
        "408 # UNSURE # |Request Timeout|",
        "501 # REFUSED # |Not Implemented|",
        "404 # NOT_SERVED # |404 page not found|",
        "404 # NOT_SERVED # {'reason':'NotFound','message':'the server could not find the requested resource','details':{}}",
        "404 # RETRY # {'reason':'NotFound','message':'namespaces \"shop\" not found','details':{'name':'shop','kind':'namespaces'}}",
        "404 # ABSENT # {'reason':'NotFound','message':'configmaps \"a\" not found','details':{'name':'a','kind':'configmaps'}}",
        "403 # RETRY # {'reason':'Forbidden','message':'configmaps \"a\" is forbidden: unable to create new content in namespace shop because it is being terminated','details':{'causes':[{'reason':'NamespaceTerminating','field':'metadata.namespace'}]}}",
        "403 # RETRY # {'reason':'Forbidden','message':'pods \"a\" is forbidden: error looking up service account shop/default: serviceaccount \"default\" not found'}",
        "403 # RETRY # {'reason':'Forbidden','message':'pods \"a\" is forbidden: status unknown for quota: q, resources: pods'}",
        "403 # REFUSED # {'reason':'Forbidden','message':'configmaps \"a\" is forbidden: exceeded quota: q'}",
        "403 # REFUSED # {'reason':'Forbidden','message':'configmaps \"a\" is forbidden: User \"x\" cannot patch resource'}",
        "409 # RETRY # {'reason':'AlreadyExists','message':'object is being deleted: namespaces \"shop\" already exists'}",
        "409 # CONFLICT # {'reason':'AlreadyExists','message':'configmaps \"a\" already exists'}",
        "409 # CONFLICT # {'reason':'Conflict','message':'Operation cannot be fulfilled on configmaps \"a\": the object has been modified; please apply your changes to the latest version and try again','details':{'name':'a','kind':'configmaps'}}",
        "409 # CONFLICT # {'reason':'Conflict','message':'Operation cannot be fulfilled on configmaps \"b\": uid mismatch: the provided object specified uid wrong, and no existing object was found'}",
        "409 # OWNED_BY_OTHERS # {'reason':'Conflict','message':'Apply failed with 1 conflict: conflict with \"kubectl-create\" using v1: .data.x','details':{'causes':[{'reason':'FieldManagerConflict','message':'conflict with \"kubectl-create\" using v1','field':'.data.x'}]}}",
        "422 # ANOTHER_OBJECT # {'reason':'Invalid','message':'ConfigMap \"a\" is invalid: metadata.uid: Invalid value: \"wrong\": field is immutable','details':{'causes':[{'reason':'FieldValueInvalid','message':'Invalid value: \"wrong\": field is immutable','field':'metadata.uid'}]}}",
        "422 # PATCH_DOES_NOT_FIT # {'reason':'Invalid','message':'the server rejected our request due to an error in our request','details':{}}",
        "422 # REFUSED # {'reason':'Invalid','message':'spec.replicas: Invalid value: -1','details':{'causes':[{'reason':'FieldValueInvalid','field':'spec.replicas'}]}}",
        "400 # REFUSED # {'reason':'BadRequest'}",
        "401 # REFUSED # {'reason':'Unauthorized'}",
        "415 # REFUSED # {'reason':'UnsupportedMediaType'}",
      })
  void an_answer_means(int status, Kind kind, String body) {
    assertThat(Failures.of(response(status, body), KEY, text -> text).kind()).isEqualTo(kind);
  }

  private static Response response(int status, String body) {
    if (body.startsWith("|")) {
      return new Response(status, null, body.replace("|", ""), null, List.of());
    }
    String json = body.replace("\"", "\\\"").replace('\'', '"');
    return Response.of(
        status, Manifest.parseJson(json).with("Status", "kind").with("v1", "apiVersion"));
  }
}
