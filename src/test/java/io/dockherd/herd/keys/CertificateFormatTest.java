package io.dockherd.herd.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Tool;
import io.dockherd.Tool.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether OpenSSL reads in our certificates what we meant to write. */
class CertificateFormatTest {
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
  private static final HerdKey KEY = HerdKey.create(NOW, Duration.ofDays(36_500));
  private static final Authority AUTHORITY = KEY.signer(Role.MEMBERS);

  @TempDir private Path folder;

  @BeforeEach
  void tools() {
    Tool.require("openssl");
  }

  private static Leaf leaf(Set<Purpose> purposes) {
    return AUTHORITY.issue(
        Subjects.of("host-1", "member"),
        purposes,
        List.of(
            new AlternativeName.Uri("dockherd:herd/host-1"),
            new AlternativeName.Dns("host-1"),
            new AlternativeName.Ip(InetAddress.ofLiteral("10.213.0.1")),
            new AlternativeName.Ip(InetAddress.ofLiteral("fd00::1"))),
        NOW,
        Duration.ofDays(7));
  }

  private String file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content).toString();
  }

  private Outcome verify(Leaf leaf, String purpose, String... more) throws IOException {
    String authority = file("ca.pem", KEY.trustedPem(Role.MEMBERS));
    String certificate = file("cert.pem", leaf.certificatePem());
    List<String> command = new ArrayList<>(List.of("openssl", "verify", "-x509_strict"));
    command.addAll(List.of("-attime", String.valueOf(NOW.getEpochSecond())));
    command.addAll(List.of("-CAfile", authority, "-purpose", purpose));
    command.addAll(List.of(more));
    command.add(certificate);
    return Tool.run(command);
  }

  private void requireVerified(Leaf leaf, String purpose, String... more) throws IOException {
    Outcome outcome = verify(leaf, purpose, more);
    assertEquals(0, outcome.status(), outcome::said);
  }

  @Test
  void aLeafStandsTheStrictCheck() throws IOException {
    Leaf leaf = leaf(EnumSet.allOf(Purpose.class));
    requireVerified(leaf, "sslserver", "-verify_ip", "10.213.0.1");
    requireVerified(leaf, "sslserver", "-verify_ip", "fd00::1");
    requireVerified(leaf, "sslserver", "-verify_hostname", "host-1");
    requireVerified(leaf, "sslclient");
  }

  @Test
  void aLeafIsGoodForItsPurposeOnly() throws IOException {
    requireVerified(leaf(Set.of(Purpose.CLIENT)), "sslclient");
    assertFalse(verify(leaf(Set.of(Purpose.CLIENT)), "sslserver").status() == 0);
    assertFalse(verify(leaf(Set.of(Purpose.SERVER)), "sslclient").status() == 0);
  }

  @Test
  void everyPartIsReadAsItWasMeant() throws IOException {
    String text = text(leaf(EnumSet.allOf(Purpose.class)).certificatePem());
    for (String part :
        List.of(
            "Version: 3",
            "Signature Algorithm: ecdsa-with-SHA256",
            "Not Before: Nov 19 12:00:00 2026 GMT",
            "Not After : Nov 27 12:00:00 2026 GMT",
            "Subject: O = Dockherd, OU = member, CN = host-1",
            "ASN1 OID: prime256v1",
            "X509v3 Basic Constraints: critical\n                CA:FALSE",
            "X509v3 Key Usage: critical\n                Digital Signature\n",
            "TLS Web Client Authentication, TLS Web Server Authentication",
            "URI:dockherd:herd/host-1, DNS:host-1, IP Address:10.213.0.1,"
                + " IP Address:FD00:0:0:0:0:0:0:1")) {
      assertTrue(text.contains(part), () -> "lacks " + part + "\n" + text);
    }
  }

  @Test
  void anAuthorityIsReadAsItWasMeant() throws IOException {
    String text = text(KEY.trustedPem(Role.CLIENTS));
    for (String part :
        List.of(
            "CA:TRUE, pathlen:0",
            "X509v3 Key Usage: critical\n                Certificate Sign, CRL Sign\n",
            "OU = clients",
            // From 2050 on the year has four digits, in another form.
            "Not After : Oct 27 12:00:00 2126 GMT")) {
      assertTrue(text.contains(part), () -> "lacks " + part + "\n" + text);
    }
  }

  private String text(String pem) throws IOException {
    String certificate = file("some.pem", pem);
    Outcome outcome = Tool.run(List.of("openssl", "x509", "-in", certificate, "-noout", "-text"));
    assertEquals(0, outcome.status(), outcome::said);
    return outcome.said();
  }

  @Test
  void keysAreReadByOthers() throws IOException {
    String key = file("key.pem", leaf(Set.of(Purpose.CLIENT)).keyPem());
    Outcome outcome = Tool.run(List.of("openssl", "pkey", "-in", key, "-noout", "-check"));
    assertEquals(0, outcome.status(), outcome::said);
  }
}
