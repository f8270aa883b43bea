package io.dockherd.herd.keys;

import io.dockherd.failure.Conflict;
import io.dockherd.failure.Invalid;
import io.dockherd.failure.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a client shows at a door, and what it knows the door by: the three files Docker's command
 * line wants in DOCKER_CERT_PATH. It opens doors only: members have an authority of their own, and
 * it is no server's.
 *
 * @param authorities the clients' authorities: doors show certificates of theirs as well
 * @param leaf its common name is the client's name
 */
public record ClientCertificate(String authorities, Leaf leaf) {
  /** How long a client's certificate is valid unless told otherwise: there is no revocation. */
  public static final Duration VALIDITY = Duration.ofDays(90);

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}");
  private static final String OWNER_ONLY = "rw-------";
  private static final String EVERYONE_READS = "rw-r--r--";

  public ClientCertificate {
    Objects.requireNonNull(authorities, "authorities");
    Objects.requireNonNull(leaf, "leaf");
  }

  /** Which generation of a key that is being rotated signs. */
  public enum Signer {
    /** The one that signs today: every node takes the certificate, until the third step. */
    TODAY,
    /** The one that signs after the next step: nodes that have made the first step take it. */
    NEXT
  }

  /**
   * Issues one.
   *
   * @throws Invalid when {@code name} can't be a client's name
   * @throws Refused when the authority has expired
   */
  public static ClientCertificate issue(
      HerdKey key, Signer signer, String name, Instant now, Duration validity) {
    if (!NAME.matcher(name).matches()) {
      throw new Invalid(
          name,
          "'" + name + "' can't be a client's name",
          "use 1 to 64 letters, digits and . _ @ -, a letter or digit first");
    }
    Authority authority =
        switch (signer) {
          case TODAY -> key.signer(Role.CLIENTS);
          case NEXT -> key.nextSigner(Role.CLIENTS);
        };
    Leaf leaf =
        authority.issue(
            Subjects.of(name, "client"), Set.of(Purpose.CLIENT), List.of(), now, validity);
    return new ClientCertificate(key.trustedPem(Role.CLIENTS), leaf);
  }

  /**
   * Writes ca.pem, cert.pem and key.pem, the last readable by its owner only; makes the directory
   * if need be.
   *
   * @throws Conflict when one of the files is there and {@code replace} is not said
   * @throws Refused when they can't be written
   */
  public void write(Path directory, boolean replace) {
    List<Path> files =
        List.of("ca.pem", "cert.pem", "key.pem").stream().map(directory::resolve).toList();
    if (!replace) {
      files.stream().filter(Files::exists).findFirst().ifPresent(ClientCertificate::refuse);
    }
    try {
      if (!Files.isDirectory(directory)) {
        Files.createDirectories(
            directory,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
    } catch (IOException e) {
      throw new Refused(directory.toString(), directory + " can't be made: " + e, "", e);
    }
    SecretFile.replace(files.get(0), authorities, EVERYONE_READS);
    SecretFile.replace(files.get(1), leaf.certificatePem(), EVERYONE_READS);
    SecretFile.replace(files.get(2), leaf.keyPem(), OWNER_ONLY);
  }

  private static void refuse(Path file) {
    throw new Conflict(
        file.toString(),
        file + " exists already and is not overwritten",
        "say --force to replace it, or name another directory with --out");
  }
}
