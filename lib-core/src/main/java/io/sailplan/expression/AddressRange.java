package io.sailplan.expression;

import java.util.Optional;

/** Addresses with the same first bits: {@code 10.0.0.0/8}. */
record AddressRange(Address address, int length) implements Extra {

  static Optional<AddressRange> parse(String text) {
    int slash = text.lastIndexOf('/');
    if (slash < 0 || !text.substring(slash + 1).matches("0|[1-9][0-9]{0,2}")) {
      return Optional.empty();
    }
    int length = Integer.parseInt(text.substring(slash + 1));
    return Address.parse(text.substring(0, slash))
        .filter(address -> length <= address.bits())
        .map(address -> new AddressRange(address, length));
  }

  @Override
  public String typeName() {
    return Types.CIDR.name();
  }

  boolean contains(Address other) {
    return address.bits() == other.bits() && address.masked(length).equals(other.masked(length));
  }

  boolean contains(AddressRange other) {
    return length <= other.length && contains(other.address);
  }

  AddressRange masked() {
    return new AddressRange(address.masked(length), length);
  }

  String text() {
    return address.text() + "/" + length;
  }
}
