package io.dockherd.herd.keys;

import io.dockherd.failure.Invalid;
import io.dockherd.failure.NotFound;
import io.dockherd.failure.Refused;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Where the herd key lies: in a file only its owner can read, or in the environment. */
public final class KeyFile {
  /** The environment variable that holds the bundle itself. */
  public static final String KEY_VARIABLE = "DOCKHERD_KEY";

  /** The environment variable that names the bundle's file. */
  public static final String FILE_VARIABLE = "DOCKHERD_KEY_FILE";

  private static final long MAX_BYTES = 64 * 1024;
  private static final Set<PosixFilePermission> OWNER =
      EnumSet.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private KeyFile() {}

  /**
   * The key the environment gives, if it gives one.
   *
   * @throws Invalid when both variables are set, or what they give is no key
   * @throws Refused as {@link #read}
   * @throws NotFound as {@link #read}
   */
  public static Optional<HerdKey> fromEnvironment(Map<String, String> environment) {
    String text = environment.getOrDefault(KEY_VARIABLE, "");
    String file = environment.getOrDefault(FILE_VARIABLE, "");
    if (!text.isBlank() && !file.isBlank()) {
      throw new Invalid(
          KEY_VARIABLE,
          KEY_VARIABLE + " and " + FILE_VARIABLE + " are both set",
          "set one of them");
    }
    if (!text.isBlank()) {
      return Optional.of(HerdKey.parse(text));
    }
    return file.isBlank() ? Optional.empty() : Optional.of(read(Path.of(file)));
  }

  /**
   * Reads a key that only its owner can read.
   *
   * @throws NotFound when there is no such file
   * @throws Refused when others than its owner may read or write it, or we may not
   * @throws Invalid when it holds no key
   */
  public static HerdKey read(Path file) {
    try {
      if (Files.size(file) > MAX_BYTES || !Files.isRegularFile(file)) {
        throw new Invalid(file.toString(), file + " is not a herd key", HerdKey.REMEDY);
      }
      refuseOthers(file);
      return HerdKey.parse(Files.readString(file));
    } catch (NoSuchFileException e) {
      throw new NotFound(file.toString(), "there is no file " + file, HerdKey.REMEDY, e);
    } catch (CharacterCodingException e) {
      throw new Invalid(file.toString(), file + " is not a herd key", HerdKey.REMEDY, e);
    } catch (IOException e) {
      throw new Refused(file.toString(), file + " can't be read: " + e.getMessage(), "", e);
    }
  }

  private static void refuseOthers(Path file) throws IOException {
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
    if (!OWNER.containsAll(permissions)) {
      throw new Refused(
          file.toString(),
          file
              + " may be read or changed by others than its owner ("
              + PosixFilePermissions.toString(permissions)
              + ")",
          "run: chmod 600 " + file);
    }
  }
}
