package io.sailplan.shape;

import com.google.re2j.Pattern;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The forms of text that the API server asks for in built-in kinds. Which field has which is
 * learned from the server; what the forms mean is told here, after apimachinery,
 * pkg/util/validation. The empty text is none of them.
 */
enum TextForm {
  TEXT("any text"),
  TRIMMED("text without blanks at its ends"),
  LABEL("at most 63 lower-case letters, digits and \"-\", with a letter or digit at both ends"),
  LABEL_OR_PREFIX(
      "at most 63 lower-case letters, digits and \"-\", beginning with a letter or digit"),
  LETTER_LABEL(
      "at most 63 lower-case letters, digits and \"-\", with a letter first and a letter or digit last"),
  LETTER_LABEL_ANY_CASE(
      "at most 63 letters, digits and \"-\", with a letter first and a letter or digit last"),
  SUBDOMAIN(
      "at most 253 lower-case letters, digits, \"-\" and \".\", with a letter or digit at both ends of each part"),
  SHORT_SUBDOMAIN(
      "at most 63 lower-case letters, digits, \"-\" and \".\", with a letter or digit at both ends of each part"),
  SHORT_SUBDOMAIN_ANY_CASE(
      "at most 63 letters, digits, \"-\" and \".\", with a letter or digit at both ends of each part"),
  OPEN_DOMAIN("a DNS name of at least two parts, and none that is kept for Kubernetes"),
  SUBDOMAIN_OR_PREFIX("at most 253 lower-case letters, digits, \"-\" and \".\""),
  THREE_PARTS("a DNS name of at least three parts, such as check.example.com"),
  SEARCH_DOMAIN("a DNS name"),
  WILDCARD_DOMAIN("a DNS name that is not an address; its first part may be \"*\""),
  WILDCARD_DOMAIN_OR_ADDRESS("a DNS name; its first part may be \"*\""),
  LABEL_VALUE(
      "at most 63 letters, digits, \"-\", \"_\" and \".\", with a letter or digit at both ends"),
  QUALIFIED(
      "at most 63 letters, digits, \"-\", \"_\" and \".\", optionally after a DNS name and \"/\""),
  QUALIFIED_ANY_CASE(
      "at most 63 letters, digits, \"-\", \"_\" and \".\", optionally after a DNS name and \"/\""),
  WITH_PREFIX("a DNS name, \"/\", and at most 63 letters, digits, \"-\", \"_\" and \".\""),
  CONTAINER_RESOURCE(
      "cpu, memory, ephemeral-storage, hugepages-… or the name of a resource with its domain, example.com/gpu"),
  QUOTA_RESOURCE(
      "a resource that can be limited, such as pods, requests.cpu or count/deployments.apps"),
  LIMIT_RESOURCE(
      "a resource that can be limited, such as cpu, memory, storage or, with its domain, example.com/gpu"),
  LIMIT_TYPE("Pod, Container or PersistentVolumeClaim"),
  CONFIG_KEY("at most 253 letters, digits, \"-\", \"_\" and \".\", not beginning with \"..\""),
  ENVIRONMENT_NAME("printable ASCII without \"=\""),
  PORT_NAME("at most 15 lower-case letters, digits and single \"-\", with a letter among them"),
  SEGMENT("anything but \".\" and \"..\", without \"/\" and \"%\""),
  ABSOLUTE_PATH("a path that begins with \"/\""),
  PLAIN_PATH("a path that begins with \"/\", without \"//\", \"/./\" and \"/../\""),
  NO_BACKSTEPS("a path without \"..\""),
  LOCAL_PATH("a path that does not begin with \"/\", without \"..\""),
  LOCAL_FILE("a path that begins neither with \"/\" nor with \"..\", without \"..\""),
  MOUNT_PATH("a path without \":\""),
  ADDRESS("an IP address"),
  PUBLIC_ADDRESS(
      "an IP address that is neither a loopback, a link-local, a multicast nor an empty one"),
  IPV4("an IPv4 address"),
  RANGE("a range of addresses whose other bits are 0, such as 10.0.0.0/8"),
  ZONE_NAME("a time zone such as Europe/Berlin or Etc/UTC"),
  ZONE("a time zone such as Europe/Berlin or Etc/UTC"),
  CRON("a schedule of five fields, such as \"30 2 * * *\", or one such as @daily"),
  SYSCTL("the name of a kernel parameter, such as net.core.somaxconn"),
  LINE("text of one line that is not blank"),
  HTTPS_URL("an address such as https://hooks.example.com/check"),
  IDENTIFIER("at most 32 letters, digits and \"_\", optionally after a DNS name and \"/\""),
  VERSION("a version such as 1.2.3"),
  NAMESPACE_FINALIZER("kubernetes, or the name of a finalizer with its domain"),
  DOMAIN_IDENTIFIER("a DNS name, \"/\", and at most 32 letters, digits and \"_\""),
  POD_FIELD("the path of a field of a pod, such as metadata.name"),
  LABEL_OR_STAR("\"*\", or the name of a namespace"),
  API_VERSION("a version of an API, such as v1 or apps/v1"),
  FIELD_PATH("the path of a field, such as .spec.replicas"),
  SPEC_PATH("the path of a field in the spec, such as .spec.replicas"),
  STATUS_PATH("the path of a field in the status, such as .status.replicas"),
  CERTIFICATE_USAGE("a use of a certificate, such as client auth"),
  CERTIFICATE_REQUEST("a request for a certificate: PKCS #10, in PEM"),
  CEL_CONDITION("a condition in CEL"),
  CEL_OBJECT("an object in CEL, such as Object{metadata: Object.metadata{labels: {'a': 'b'}}}"),
  CEL_DEVICE("a condition on a device in CEL"),
  CEL_VALUE("a value in CEL"),
  CEL_STRING("a text in CEL");

  private static final Map<String, TextForm> BY_ID =
      Stream.of(values()).collect(Collectors.toUnmodifiableMap(TextForm::id, form -> form));

  private final String wanted;

  TextForm(String wanted) {
    this.wanted = wanted;
  }

  private static final class Syntax {
    static final Pattern CONFIG_KEY = Pattern.compile("[-._a-zA-Z0-9]+");
    static final Pattern SEARCH =
        Pattern.compile("[a-z0-9_]([-a-z0-9_]*[a-z0-9])?([.][a-z0-9_]([-a-z0-9_]*[a-z0-9])?)*[.]?");
    static final Pattern SYSCTL =
        Pattern.compile("([a-z0-9]([-_a-z0-9]*[a-z0-9])?[./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?");
    static final Pattern ZONE = Pattern.compile("[A-Za-z_]+([-+_/A-Za-z0-9]*)");
    static final Pattern POD_FIELD =
        Pattern.compile(
            "metadata[.](name|namespace|uid)|metadata[.](labels|annotations)(\\['[a-z0-9]([-a-z0-9._/]{0,60}[a-z0-9])?'])?"
                + "|spec[.](nodeName|serviceAccountName)|status[.](hostIPs?|podIPs?)");
    static final Pattern API_VERSION =
        Pattern.compile(
            "([a-z0-9]([-a-z0-9.]{0,60}[a-z0-9])?/)?v[0-9]{1,3}((alpha|beta)[0-9]{1,3})?");
    static final Pattern URL =
        Pattern.compile("https://[a-z0-9]([-.a-z0-9]*[a-z0-9])?(:[0-9]{1,5})?(/[-._/A-Za-z0-9]*)?");
    static final Pattern IDENTIFIER =
        Pattern.compile("([a-z0-9]{1,60}[.][a-z]{1,60}/)?[A-Za-z_][A-Za-z0-9_]{0,31}");
    static final Pattern VERSION =
        Pattern.compile("(0|[1-9][0-9]{0,8})([.](0|[1-9][0-9]{0,8})){2}");
    static final Pattern FIELD_PATH =
        Pattern.compile("([.][A-Za-z_][A-Za-z0-9_]*(\\[[0-9]{1,4}])?)+");
    static final Pattern PLAIN_FIELD = Pattern.compile("([.][A-Za-z_][A-Za-z0-9_]*)+");
    static final Pattern USAGE =
        Pattern.compile(
            "signing|digital signature|content commitment|key encipherment|key agreement|data encipherment|cert sign|crl sign"
                + "|encipher only|decipher only|any|server auth|client auth|code signing|email protection|s/mime"
                + "|ipsec end system|ipsec tunnel|ipsec user|timestamping|ocsp signing|microsoft sgc|netscape sgc");
    static final Pattern BAD_PATH = Pattern.compile("//|/[.][.]?/|/[.][.]?$|%2[fF]");
  }

  private static final class Resources {
    static final Pattern CONTAINER = Pattern.compile("cpu|memory|ephemeral-storage|hugepages-.*");
    static final Pattern QUOTA =
        Pattern.compile(
            "cpu|memory|ephemeral-storage|(requests|limits)[.](cpu|memory|ephemeral-storage)|requests[.]storage|pods|resourcequotas|services|"
                + "replicationcontrollers|secrets|configmaps|persistentvolumeclaims|services[.](nodeports|loadbalancers)|"
                + "(requests[.])?hugepages-.*");
    static final Pattern LIMIT = Pattern.compile("storage|" + QUOTA.pattern());
  }

  /** Returns the form that the resource of rules calls so. */
  static Optional<TextForm> of(String id) {
    return Optional.ofNullable(BY_ID.get(id));
  }

  /** Returns its name in the resource of rules. */
  String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns whether a text has the form; the empty one has none. */
  boolean fits(String text) {
    return !text.isEmpty() && test(text);
  }

  private boolean test(String text) {
    return switch (this) {
      case TEXT -> true;
      case TRIMMED -> text.equals(text.strip());
      case LABEL -> isLabel(text);
      case LABEL_OR_PREFIX -> isLabel(masked(text));
      case LETTER_LABEL -> isLabel(text) && Character.isLetter(text.charAt(0));
      case LETTER_LABEL_ANY_CASE -> LETTER_LABEL.fits(text.toLowerCase(Locale.ROOT));
      case SUBDOMAIN -> isSubdomain(text, 253);
      case SHORT_SUBDOMAIN -> isSubdomain(text, 63);
      case SHORT_SUBDOMAIN_ANY_CASE -> isSubdomain(text.toLowerCase(Locale.ROOT), 63);
      case SUBDOMAIN_OR_PREFIX -> isSubdomain(masked(text), 253);
      case THREE_PARTS -> isSubdomain(text, 253) && text.chars().filter(c -> c == '.').count() >= 2;
      case OPEN_DOMAIN ->
          isSubdomain(text, 253)
              && text.contains(".")
              && !("." + text).matches(".*[.](k8s|kubernetes)[.]io");
      case SEARCH_DOMAIN ->
          text.equals(".") || (text.length() <= 253 && Syntax.SEARCH.matcher(text).matches());
      case WILDCARD_DOMAIN -> isWildcard(text) && !IpText.isSloppyAddress(text);
      case WILDCARD_DOMAIN_OR_ADDRESS -> isWildcard(text);
      case LABEL_VALUE -> isLabelValue(text);
      case QUALIFIED -> isQualified(text);
      case QUALIFIED_ANY_CASE -> isQualified(text.toLowerCase(Locale.ROOT));
      case WITH_PREFIX -> text.contains("/") && isQualified(text);
      case CONTAINER_RESOURCE ->
          isQualified(text) && (text.contains("/") || Resources.CONTAINER.matcher(text).matches());
      case QUOTA_RESOURCE ->
          isQualified(text) && (text.contains("/") || Resources.QUOTA.matcher(text).matches());
      case LIMIT_RESOURCE ->
          isQualified(text) && (text.contains("/") || Resources.LIMIT.matcher(text).matches());
      case LIMIT_TYPE ->
          isQualified(text)
              && (text.contains("/") || text.matches("Pod|Container|PersistentVolumeClaim"));
      case CONFIG_KEY ->
          text.length() <= 253
              && Syntax.CONFIG_KEY.matcher(text).matches()
              && !text.equals(".")
              && !text.startsWith("..");
      case ENVIRONMENT_NAME -> text.chars().allMatch(c -> c >= ' ' && c < 0x7f && c != '=');
      case PORT_NAME ->
          text.length() <= 15
              && isLabel(text)
              && !text.contains("--")
              && text.chars().anyMatch(c -> c >= 'a' && c <= 'z');
      case SEGMENT ->
          !text.equals(".") && !text.equals("..") && !text.contains("/") && !text.contains("%");
      case ABSOLUTE_PATH -> text.startsWith("/");
      case PLAIN_PATH -> text.startsWith("/") && !Syntax.BAD_PATH.matcher(text).find();
      case NO_BACKSTEPS -> !Stream.of(text.split("/")).anyMatch(".."::equals);
      case LOCAL_PATH ->
          !text.startsWith("/") && !Stream.of(text.split("/")).anyMatch(".."::equals);
      case LOCAL_FILE ->
          !text.startsWith("/")
              && !text.startsWith("..")
              && !Stream.of(text.split("/")).anyMatch(".."::equals);
      case MOUNT_PATH -> !text.contains(":");
      case ADDRESS -> IpText.isAddress(text);
      case PUBLIC_ADDRESS -> IpText.isAddress(text) && !IpText.isSpecial(text);
      case IPV4 -> IpText.isAddress(text) && text.contains(".");
      case RANGE -> IpText.isRange(text);
      case ZONE_NAME -> Syntax.ZONE.matcher(text).matches() && !text.equals("Local");
      case ZONE ->
          Syntax.ZONE.matcher(text).matches()
              && java.time.ZoneId.getAvailableZoneIds().contains(text);
      case CRON -> Cron.isSchedule(text);
      case LINE -> !text.isBlank() && text.indexOf('\n') < 0 && text.indexOf('\r') < 0;
      case HTTPS_URL -> Syntax.URL.matcher(text).matches();
      case IDENTIFIER -> Syntax.IDENTIFIER.matcher(text).matches();
      case VERSION -> Syntax.VERSION.matcher(text).matches();
      case DOMAIN_IDENTIFIER -> text.contains("/") && Syntax.IDENTIFIER.matcher(text).matches();
      case POD_FIELD -> Syntax.POD_FIELD.matcher(text).matches();
      case LABEL_OR_STAR -> text.equals("*") || isLabel(text);
      case API_VERSION -> Syntax.API_VERSION.matcher(text).matches();
      case FIELD_PATH -> Syntax.FIELD_PATH.matcher(text).matches();
      case SPEC_PATH -> Syntax.PLAIN_FIELD.matcher(text).matches() && text.startsWith(".spec.");
      case STATUS_PATH -> Syntax.PLAIN_FIELD.matcher(text).matches() && text.startsWith(".status.");
      case CERTIFICATE_USAGE -> Syntax.USAGE.matcher(text).matches();
      case CERTIFICATE_REQUEST -> CertificateRequest.isPlain(text);
      case CEL_CONDITION -> CelText.isCondition(text);
      case CEL_OBJECT -> CelText.isObject(text);
      case CEL_DEVICE -> CelText.isDevice(text);
      case CEL_VALUE -> CelText.isValue(text);
      case CEL_STRING -> CelText.isString(text);
      case NAMESPACE_FINALIZER ->
          isQualified(text)
              && (text.contains("/") || text.matches("kubernetes|orphan|foregroundDeletion"));
      case SYSCTL -> text.length() <= 253 && Syntax.SYSCTL.matcher(text).matches();
    };
  }

  /** Returns what to write, without a verb. */
  String wanted() {
    return wanted;
  }

  private static boolean isLower(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  }

  private static boolean isWordCharacter(char c) {
    return isLower(c) || (c >= 'A' && c <= 'Z');
  }

  static boolean isLabel(String text) {
    return text.length() <= 63 && isLabel(text, 0, text.length());
  }

  private static boolean isLabel(String text, int start, int end) {
    if (start >= end || !isLower(text.charAt(start)) || !isLower(text.charAt(end - 1))) {
      return false;
    }
    for (int i = start; i < end; i++) {
      if (!isLower(text.charAt(i)) && text.charAt(i) != '-') {
        return false;
      }
    }
    return true;
  }

  private static boolean isSubdomain(String text, int longest) {
    if (text.length() > longest) {
      return false;
    }
    int start = 0;
    while (true) {
      int dot = text.indexOf('.', start);
      if (!isLabel(text, start, dot < 0 ? text.length() : dot)) {
        return false;
      }
      if (dot < 0) {
        return true;
      }
      start = dot + 1;
    }
  }

  /** As the server looks at what may be the beginning of a name. */
  private static String masked(String text) {
    return text.length() > 1 && text.endsWith("-")
        ? text.substring(0, text.length() - 2) + "a"
        : text;
  }

  private static boolean isWildcard(String text) {
    return isSubdomain(text.startsWith("*.") ? text.substring(2) : text, 253);
  }

  static boolean isLabelValue(String text) {
    int last = text.length() - 1;
    if (last < 0
        || last >= 63
        || !isWordCharacter(text.charAt(0))
        || !isWordCharacter(text.charAt(last))) {
      return false;
    }
    for (int i = 0; i < last; i++) {
      char c = text.charAt(i);
      if (!isWordCharacter(c) && c != '-' && c != '_' && c != '.') {
        return false;
      }
    }
    return true;
  }

  static boolean isQualified(String text) {
    int slash = text.indexOf('/');
    return slash < 0
        ? isLabelValue(text)
        : isSubdomain(text.substring(0, slash), 253) && isLabelValue(text.substring(slash + 1));
  }
}
