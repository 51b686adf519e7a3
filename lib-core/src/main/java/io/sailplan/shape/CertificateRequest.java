package io.sailplan.shape;

import com.google.common.io.BaseEncoding;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.EllipticCurve;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Requests for certificates (PKCS #10, RFC 2986) of which it is plain that the server can read
 * them: one PEM block, a name of ordinary text, a key that the JDK can read as well, and no
 * extensions. Of others only the server knows.
 */
final class CertificateRequest {
  private static final String BEGIN = "-----BEGIN CERTIFICATE REQUEST-----\n";
  private static final String END = "\n-----END CERTIFICATE REQUEST-----";

  private static final int INTEGER = 0x02;
  private static final int BITS = 0x03;
  private static final int OBJECT = 0x06;
  private static final int SEQUENCE = 0x30;
  private static final int SET = 0x31;
  private static final int ATTRIBUTES = 0xa0;

  /** UTF8String and PrintableString. */
  private static final Set<Integer> TEXTS = Set.of(0x0c, 0x13);

  /** The encoded identifiers of the algorithms of keys, and what the JDK calls them. */
  private static final Map<String, String> ALGORITHMS =
      Map.of("2A864886F70D010101", "RSA", "2A8648CE3D0201", "EC", "2B6570", "Ed25519");

  /** The sizes of the curves that the server knows: P-224 to P-521. */
  private static final Set<Integer> SIZES = Set.of(224, 256, 384, 521);

  private final byte[] der;
  private int at;

  private CertificateRequest(byte[] der) {
    this.der = der;
  }

  /** Returns whether the base64 text holds such a request. */
  static boolean isPlain(String base64) {
    return decode(base64)
        .map(pem -> new String(pem, StandardCharsets.US_ASCII).strip())
        .filter(pem -> pem.startsWith(BEGIN) && pem.endsWith(END))
        .map(pem -> pem.substring(BEGIN.length(), pem.length() - END.length()))
        .flatMap(lines -> decode(lines.replace("\n", "")))
        .map(der -> new CertificateRequest(der).isPlain())
        .orElse(false);
  }

  private static Optional<byte[]> decode(String base64) {
    return BaseEncoding.base64().canDecode(base64)
        ? Optional.of(BaseEncoding.base64().decode(base64))
        : Optional.empty();
  }

  private boolean isPlain() {
    try {
      int end = enter(SEQUENCE);
      if (end != der.length) {
        return false;
      }
      int information = enter(SEQUENCE);
      int version = enter(INTEGER);
      boolean plain = version == at + 1 && der[at] == 0;
      at = version;
      plain = plain && isName() && isKey();
      if (at < information) {
        plain = plain && enter(ATTRIBUTES) == at; // the empty set
      }
      plain = plain && at == information;
      at = information;
      at = enter(SEQUENCE); // the algorithm of the signature
      at = enter(BITS);
      return plain && at == end;
    } catch (Malformed e) {
      return false;
    }
  }

  private boolean isName() throws Malformed {
    int name = enter(SEQUENCE);
    boolean plain = true;
    while (at < name) {
      int part = enter(SET);
      int pair = enter(SEQUENCE);
      at = enter(OBJECT);
      plain &= at < pair && TEXTS.contains(der[at] & 0xff);
      at = enter(plain ? der[at] & 0xff : OBJECT);
      plain &= at == pair && at == part;
    }
    return plain && at == name;
  }

  private boolean isKey() throws Malformed {
    int start = at;
    int key = enter(SEQUENCE);
    int algorithm = enter(SEQUENCE);
    int identifier = enter(OBJECT);
    String name = BaseEncoding.base16().encode(der, at, identifier - at);
    boolean parameters = identifier < algorithm;
    boolean none = algorithm == identifier + 2 && der[identifier] == 0x05;
    at = algorithm;
    at = enter(BITS);
    PublicKey read = at == key ? read(ALGORITHMS.getOrDefault(name, ""), start, key) : null;
    return (read instanceof RSAPublicKey rsa && none && isOrdinary(rsa))
        || (read instanceof ECPublicKey ec && isOnOrdinaryCurve(ec))
        || (read instanceof EdECPublicKey && !parameters);
  }

  private @Nullable PublicKey read(String algorithm, int start, int end) {
    byte[] encoded = Arrays.copyOfRange(der, start, end);
    try {
      return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(encoded));
    } catch (NoSuchAlgorithmException | InvalidKeySpecException e) {
      return null;
    }
  }

  private static boolean isOrdinary(RSAPublicKey key) {
    return key.getModulus().bitLength() >= 1024
        && key.getModulus().testBit(0)
        && key.getPublicExponent().equals(BigInteger.valueOf(65537));
  }

  /** The JDK does not look whether the point lies on the curve. */
  private static boolean isOnOrdinaryCurve(ECPublicKey key) {
    EllipticCurve curve = key.getParams().getCurve();
    BigInteger p = ((ECFieldFp) curve.getField()).getP();
    BigInteger x = key.getW().getAffineX();
    BigInteger y = key.getW().getAffineY();
    BigInteger right = x.pow(3).add(curve.getA().multiply(x)).add(curve.getB()).mod(p);
    return SIZES.contains(p.bitLength())
        && curve.getA().equals(p.subtract(BigInteger.valueOf(3)))
        && x.compareTo(p) < 0
        && y.compareTo(p) < 0
        && y.pow(2).mod(p).equals(right);
  }

  /** Goes behind a tag and its length; returns where what it holds ends. */
  private int enter(int tag) throws Malformed {
    if (at + 2 > der.length || (der[at] & 0xff) != tag) {
      throw new Malformed();
    }
    int length = der[at + 1] & 0xff;
    at += 2;
    if (length > 0x80) {
      int bytes = length - 0x80;
      if (bytes > 2 || at + bytes > der.length) {
        throw new Malformed();
      }
      length = 0;
      for (int i = 0; i < bytes; i++) {
        length = (length << 8) | (der[at++] & 0xff);
      }
      if (length < (bytes == 1 ? 0x80 : 0x100)) {
        throw new Malformed(); // the shortest form is the only one
      }
    } else if (length == 0x80) {
      throw new Malformed();
    }
    if (at + length > der.length) {
      throw new Malformed();
    }
    return at + length;
  }

  private static final class Malformed extends Exception {
    private static final long serialVersionUID = 1;
  }
}
