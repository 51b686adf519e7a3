package io.sailplan.expression;

import java.util.function.Function;
import java.util.function.Predicate;

/** Addresses, ranges of addresses and URLs. Nothing is looked up. */
final class NetLibrary {
  private NetLibrary() {}

  static void declare(FunctionTable table) {
    urls(table);
    addresses(table);
    table.add("cidr(string): net.CIDR", (f, a) -> range((String) a[0]));
    table.add("isCIDR(string): bool", (f, a) -> AddressRange.parse((String) a[0]).isPresent());
    table.add(
        "[net.CIDR].containsIP(string): bool", (f, a) -> cidr(a).contains(address((String) a[1])));
    table.add("[net.CIDR].containsIP(net.IP): bool", (f, a) -> cidr(a).contains((Address) a[1]));
    table.add(
        "[net.CIDR].containsCIDR(string): bool", (f, a) -> cidr(a).contains(range((String) a[1])));
    table.add(
        "[net.CIDR].containsCIDR(net.CIDR): bool", (f, a) -> cidr(a).contains((AddressRange) a[1]));
    table.add("[net.CIDR].ip(): net.IP", (f, a) -> cidr(a).address());
    table.add("[net.CIDR].prefixLength(): int", (f, a) -> (long) cidr(a).length());
    table.add("[net.CIDR].masked(): net.CIDR", (f, a) -> cidr(a).masked());
    table.add("string(net.CIDR): string", (f, a) -> cidr(a).text());
  }

  private static void addresses(FunctionTable table) {
    table.add("ip(string): net.IP", (f, a) -> address((String) a[0]));
    table.add("isIP(string): bool", (f, a) -> Address.parse((String) a[0]).isPresent());
    table.add("ip.isCanonical(string): bool", (f, a) -> address((String) a[0]).text().equals(a[0]));
    table.add("[net.IP].family(): int", (f, a) -> ((Address) a[0]).isVersion4() ? 4L : 6L);
    table.add("string(net.IP): string", (f, a) -> ((Address) a[0]).text());
    is(table, "isUnspecified", Address::isUnspecified);
    is(table, "isLoopback", Address::isLoopback);
    is(table, "isLinkLocalMulticast", Address::isLinkLocalMulticast);
    is(table, "isLinkLocalUnicast", Address::isLinkLocalUnicast);
    is(table, "isGlobalUnicast", Address::isGlobalUnicast);
  }

  private static void urls(FunctionTable table) {
    table.add("url(string): kubernetes.URL", (f, a) -> url((String) a[0]));
    table.add("isURL(string): bool", (f, a) -> Url.parse((String) a[0]).isPresent());
    part(table, "getScheme", Url::scheme);
    part(table, "getHost", Url::host);
    part(table, "getHostname", Url::hostname);
    part(table, "getPort", Url::port);
    part(table, "getEscapedPath", Url::escapedPath);
    table.add(
        "[kubernetes.URL].getQuery(): map(string, list(string))",
        (f, a) -> ((Url) a[0]).parameters());
  }

  private static void is(FunctionTable table, String name, Predicate<Address> test) {
    table.add("[net.IP]." + name + "(): bool", (f, a) -> test.test((Address) a[0]));
  }

  private static void part(FunctionTable table, String name, Function<Url, String> part) {
    table.add("[kubernetes.URL]." + name + "(): string", (f, a) -> part.apply((Url) a[0]));
  }

  private static AddressRange cidr(Object[] arguments) {
    return (AddressRange) arguments[0];
  }

  private static Address address(String text) {
    return Address.parse(text).orElseThrow(() -> new CallFailure("the text is not an IP address"));
  }

  private static AddressRange range(String text) {
    return AddressRange.parse(text)
        .orElseThrow(
            () -> new CallFailure("the text is not a range of addresses such as 10.0.0.0/8"));
  }

  private static Url url(String text) {
    return Url.parse(text).orElseThrow(() -> new CallFailure("the text is not an absolute URL"));
  }
}
