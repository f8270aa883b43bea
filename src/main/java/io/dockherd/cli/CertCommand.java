package io.dockherd.cli;

import io.dockherd.herd.keys.ClientCertificate;
import io.dockherd.herd.keys.ClientCertificate.Signer;
import io.dockherd.herd.keys.HerdKey;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dockherd cert}: a certificate that opens the doors of a herd. */
@Command(
    name = "cert",
    mixinStandardHelpOptions = true,
    description = {
      "Makes a client's certificate: ca.pem, cert.pem and key.pem, as DOCKER_CERT_PATH wants them.",
      "It opens the doors of the herd's nodes; it makes nobody a node."
    })
final class CertCommand implements Runnable {
  @Parameters(paramLabel = "NAME", description = "who it is for: letters, digits and . _ @ -")
  private String name;

  @Option(names = "--out", paramLabel = "DIR", description = "where to write; default ./NAME")
  private Path directory;

  @Option(
      names = "--key-file",
      paramLabel = "FILE",
      defaultValue = "",
      description =
          "the herd key; - for standard input; default: DOCKHERD_KEY_FILE or DOCKHERD_KEY")
  private String key;

  @Option(
      names = "--days",
      paramLabel = "N",
      defaultValue = "90",
      description =
          "how long it is valid, at most as long as the key; default ${DEFAULT-VALUE}; it can't be"
              + " taken back before")
  private int days;

  @Option(
      names = "--next",
      description =
          "sign with the generation that signs after the next step of a rotation; needs step 1 on"
              + " every node")
  private boolean next;

  @Option(names = "--force", description = "replace the files if they are there")
  private boolean force;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    HerdKey herdKey = KeyPlace.read(key, System.in, System.getenv());
    ClientCertificate certificate =
        ClientCertificate.issue(
            herdKey,
            next ? Signer.NEXT : Signer.TODAY,
            name,
            InstantSource.system().instant(),
            Duration.ofDays(Days.atLeastOne(spec, days)));
    Path target = directory == null ? Path.of(name) : directory;
    certificate.write(target, force);
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        "wrote ca.pem, cert.pem and key.pem to "
            + target
            + ", valid until "
            + certificate.leaf().certificate().getNotAfter().toInstant());
    out.println("Try: curl --cacert ca.pem --cert cert.pem --key key.pem https://NODE:PORT/");
  }
}
