package io.dockherd.herd.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dockherd.Tool;
import java.nio.file.Path;
import java.util.List;

/** An authority that signed itself for 127.0.0.1: server, client and whom to trust in one. */
record TestCertificates(Path authority, Path certificate, Path key) {
  /** Made by openssl, as people do. */
  static TestCertificates in(Path folder) {
    Path certificate = folder.resolve("cert.pem");
    Path key = folder.resolve("key.pem");
    Tool.Outcome made =
        Tool.run(
            List.of(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:prime256v1",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=store",
                "-addext",
                "subjectAltName=IP:127.0.0.1",
                "-addext",
                "extendedKeyUsage=serverAuth,clientAuth",
                "-keyout",
                key.toString(),
                "-out",
                certificate.toString()));
    assertEquals(0, made.status(), made.said());
    return new TestCertificates(certificate, certificate, key);
  }
}
