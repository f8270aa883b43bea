package io.dockherd.lab;

import io.dockherd.failure.NotFound;
import io.dockherd.failure.Unreachable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * The sample image, made without a registry of what the distribution has: one program that is a
 * shell, a web server, nc, wget, sleep and some 250 more, each by its name.
 */
final class BusyboxImage {
  static final String REPOSITORY = "busybox";
  static final String TAG = "latest";

  /** The default command, as Dockerfile text, escaped for a URL: CMD ["sh"]. */
  static final String COMMAND = "CMD%20%5B%22sh%22%5D";

  private BusyboxImage() {}

  /** Writes its root file system as a tar into the folder, and answers where. */
  static Path writeTar(Path folder) {
    try {
      Path root = Files.createDirectories(folder.resolve("busybox"));
      for (String name :
          List.of("bin", "dev", "etc", "home", "proc", "root", "sys", "tmp", "var/www")) {
        Files.createDirectories(root.resolve(name));
      }
      Files.writeString(root.resolve("etc/passwd"), "root:x:0:0:root:/root:/bin/sh\n");
      Files.writeString(root.resolve("etc/group"), "root:x:0:\n");
      Path busybox = root.resolve("bin/busybox");
      Files.copy(program(), busybox, StandardCopyOption.REPLACE_EXISTING);
      for (String applet : Invocation.run("busybox", "--list").lines().toList()) {
        Path link = root.resolve("bin").resolve(applet);
        if (!applet.equals("busybox") && !Files.isSymbolicLink(link)) {
          Files.createSymbolicLink(link, Path.of("busybox"));
        }
      }
      Path tar = folder.resolve("busybox.tar");
      Invocation.run("tar", "-C", root.toString(), "-cf", tar.toString(), ".");
      return tar;
    } catch (IOException e) {
      throw new Unreachable(folder.toString(), "the sample image can't be made", e.toString(), e);
    }
  }

  private static Path program() {
    return Stream.of("/bin/busybox", "/usr/bin/busybox")
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () ->
                new NotFound(
                    "busybox", "busybox is not installed", "install Debian's busybox-static"));
  }
}
