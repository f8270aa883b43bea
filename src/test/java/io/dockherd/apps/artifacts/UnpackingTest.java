package io.dockherd.apps.artifacts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.failure.Refused;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives, among them those strangers pack to get out of their folder. */
class UnpackingTest {
  private static final long LIMIT_NANOS = Duration.ofMinutes(5).toNanos();

  @TempDir Path temporary;

  private interface Packing {
    void into(TarArchiveOutputStream tar) throws IOException;
  }

  private static void file(TarArchiveOutputStream tar, String name, String content)
      throws IOException {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    TarArchiveEntry entry = new TarArchiveEntry(name, true);
    entry.setSize(bytes.length);
    entry.setMode(0100755);
    tar.putArchiveEntry(entry);
    tar.write(bytes);
    tar.closeArchiveEntry();
  }

  private static void link(TarArchiveOutputStream tar, byte kind, String name, String target)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, kind, true);
    entry.setLinkName(target);
    tar.putArchiveEntry(entry);
    tar.closeArchiveEntry();
  }

  private Path pack(String name, Packing packing) throws IOException {
    Path file = temporary.resolve(name);
    try (OutputStream out = Files.newOutputStream(file);
        OutputStream packed =
            name.endsWith("gz")
                ? new GzipCompressorOutputStream(out)
                : name.endsWith("bz2")
                    ? new BZip2CompressorOutputStream(out)
                    : name.endsWith("xz") ? new XZCompressorOutputStream(out) : out;
        TarArchiveOutputStream tar = new TarArchiveOutputStream(packed, "UTF-8")) {
      packing.into(tar);
    }
    return file;
  }

  private Path unpack(Path archive, ArtifactRules rules) throws IOException {
    Path folder = Files.createDirectories(temporary.resolve("folder"));
    Archive.named(archive.getFileName().toString())
        .orElseThrow()
        .unpack(archive, new Unpacking("it", folder, rules), System.nanoTime() + LIMIT_NANOS);
    return folder;
  }

  private Path unpack(Path archive) throws IOException {
    return unpack(archive, ArtifactRules.defaults());
  }

  private Refused refused(Packing packing) throws IOException {
    Path archive = pack("hostile.tar", packing);
    Refused refused = assertThrows(Refused.class, () -> unpack(archive));
    assertFalse(Files.exists(temporary.resolve("out")), "nothing got out");
    assertFalse(Files.exists(Path.of("/tmp/dockherd-out")), "nothing got out");
    return refused;
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.tar", "a.tar.gz", "a.tgz", "a.tar.bz2", "a.tar.xz", "A.TAR.GZ"})
  void everyKindOfTarIsUnpacked(String name) throws IOException {
    Path archive =
        pack(
            name.toLowerCase(),
            tar -> {
              file(tar, "./demo/run.sh", "echo");
              file(tar, "demo/data/x", "y");
              link(tar, TarConstants.LF_SYMLINK, "demo/latest", "data/x");
              link(tar, TarConstants.LF_LINK, "demo/same", "demo/data/x");
            });
    Path folder = unpack(archive);
    assertEquals("echo", Files.readString(folder.resolve("demo/run.sh")));
    assertEquals(
        "rwxr-xr-x",
        PosixFilePermissions.toString(
            Files.getPosixFilePermissions(folder.resolve("demo/run.sh"))));
    assertEquals("y", Files.readString(folder.resolve("demo/latest")));
    assertEquals("y", Files.readString(folder.resolve("demo/same")));
  }

  @Test
  void aZipIsUnpacked() throws IOException {
    Path file = temporary.resolve("a.zip");
    try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(file)) {
      ZipArchiveEntry entry = new ZipArchiveEntry("demo/run.sh");
      entry.setUnixMode(0100750);
      zip.putArchiveEntry(entry);
      zip.write("echo".getBytes(StandardCharsets.UTF_8));
      zip.closeArchiveEntry();
      zip.putArchiveEntry(new ZipArchiveEntry("demo/empty/"));
      zip.closeArchiveEntry();
    }
    Path folder = unpack(file);
    assertEquals("echo", Files.readString(folder.resolve("demo/run.sh")));
    assertTrue(Files.isExecutable(folder.resolve("demo/run.sh")));
    assertTrue(Files.isDirectory(folder.resolve("demo/empty")));
  }

  @Test
  void aZipThatClimbsOutIsRefused() throws IOException {
    Path file = temporary.resolve("a.zip");
    try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(file)) {
      zip.putArchiveEntry(new ZipArchiveEntry("../out"));
      zip.write(1);
      zip.closeArchiveEntry();
    }
    Refused refused = assertThrows(Refused.class, () -> unpack(file));
    assertTrue(refused.getMessage().contains("'../out'"), refused::getMessage);
    assertFalse(Files.exists(temporary.resolve("out")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"../out", "a/../../out", "/tmp/dockherd-out", "..", "a/.."})
  void anEntryThatClimbsOutIsRefused(String name) throws IOException {
    refused(tar -> file(tar, name, "x"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/etc/passwd", "../out", "a/../../out", "/"})
  void aLinkThatLeadsOutIsRefused(String target) throws IOException {
    refused(tar -> link(tar, TarConstants.LF_SYMLINK, "link", target));
    refused(tar -> link(tar, TarConstants.LF_LINK, "hard", target));
  }

  @Test
  void aLinkBesideAnotherFileLeadsFromThere() throws IOException {
    refused(tar -> link(tar, TarConstants.LF_SYMLINK, "a/b/link", "../../../out"));
    Path folder =
        unpack(
            pack(
                "a.tar",
                tar -> {
                  file(tar, "x", "y");
                  link(tar, TarConstants.LF_SYMLINK, "a/b/link", "../../x");
                }));
    assertEquals("y", Files.readString(folder.resolve("a/b/link")));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void linksThatClimbBehindOneAnotherStayInside(boolean isClimberFirst) throws IOException {
    Path folder =
        unpack(
            pack(
                "a.tar",
                tar -> {
                  file(tar, "d1/d2/d3/x", "y");
                  if (isClimberFirst) {
                    link(tar, TarConstants.LF_SYMLINK, "d1/d2/d3/up", "../../..");
                  }
                  link(tar, TarConstants.LF_SYMLINK, "k", "d1/d2/d3/up/../../..");
                  link(tar, TarConstants.LF_SYMLINK, "self", "d1/..");
                  if (!isClimberFirst) {
                    link(tar, TarConstants.LF_SYMLINK, "d1/d2/d3/up", "../../..");
                  }
                }));
    for (String link : List.of("k", "self", "d1/d2/d3/up")) {
      Path end = folder.resolve(link).toRealPath();
      assertTrue(end.startsWith(folder.toRealPath()), link + " leads to " + end);
    }
    assertEquals("y", Files.readString(folder.resolve("k/d2/d3/x")));
  }

  @Test
  void nothingIsWrittenThroughALink() throws IOException {
    Files.createDirectories(temporary.resolve("folder/real"));
    refused(
        tar -> {
          link(tar, TarConstants.LF_SYMLINK, "a", "real");
          file(tar, "a/x", "y");
        });
  }

  @Test
  void aLaterEntryTakesTheEarliersPlaceAndNotItsTarget() throws IOException {
    Path folder =
        unpack(
            pack(
                "a.tar",
                tar -> {
                  file(tar, "x", "one");
                  link(tar, TarConstants.LF_SYMLINK, "y", "x");
                  file(tar, "y", "two");
                }));
    assertEquals("one", Files.readString(folder.resolve("x")));
    assertEquals("two", Files.readString(folder.resolve("y")));
    assertTrue(Files.isRegularFile(folder.resolve("y"), LinkOption.NOFOLLOW_LINKS));
  }

  @Test
  void devicesAreRefused() throws IOException {
    refused(
        tar -> {
          TarArchiveEntry device = new TarArchiveEntry("null", TarConstants.LF_CHR);
          tar.putArchiveEntry(device);
          tar.closeArchiveEntry();
        });
  }

  @Test
  void nobodyFillsTheDisk() throws IOException {
    Path large = pack("large.tar.gz", tar -> file(tar, "x", "0".repeat(1_000_000)));
    assertTrue(Files.size(large) < 10_000);
    ArtifactRules small = ArtifactRules.defaults().upTo(1 << 20, 500_000, 100);
    Refused tooLarge = assertThrows(Refused.class, () -> unpack(large, small));
    assertTrue(tooLarge.getMessage().contains("more than 500000 bytes"), tooLarge::getMessage);
    Path many =
        pack(
            "many.tar",
            tar -> {
              for (int i = 0; i < 101; i++) {
                file(tar, "f" + i, "");
              }
            });
    assertThrows(Refused.class, () -> unpack(many, small));
  }

  /** Readers keep names whole: one of gigabytes is a few kilobytes of an archive. */
  @Test
  void aNameNobodyHasRoomForIsRefused() throws IOException {
    Path archive =
        pack(
            "name.tar.gz",
            tar -> {
              TarArchiveEntry name = new TarArchiveEntry("././@LongLink", (byte) 'L', true);
              name.setSize(8 << 20);
              tar.putArchiveEntry(name);
              tar.write(new byte[8 << 20]);
              tar.closeArchiveEntry();
              file(tar, "x", "y");
            });
    assertTrue(Files.size(archive) < 20_000);
    IOException refused = assertThrows(IOException.class, () -> unpack(archive));
    assertTrue(refused.getMessage().contains("bytes of headers"), refused::getMessage);
  }

  @Test
  void aLinkToMoreThanAPathIsRefused() throws IOException {
    Path file = temporary.resolve("a.zip");
    try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(file)) {
      ZipArchiveEntry entry = new ZipArchiveEntry("link");
      entry.setUnixMode(0120777);
      zip.putArchiveEntry(entry);
      zip.write("a".repeat(1 << 20).getBytes(StandardCharsets.UTF_8));
      zip.closeArchiveEntry();
    }
    Refused refused = assertThrows(Refused.class, () -> unpack(file));
    assertTrue(refused.getMessage().contains("more than 4096 bytes"), refused::getMessage);
  }

  @Test
  void whatIsNotUnpackedInTimeIsGivenUp() throws IOException {
    Path folder = Files.createDirectories(temporary.resolve("folder"));
    Path archive = pack("a.tar", tar -> file(tar, "x", "y"));
    IOException late =
        assertThrows(
            IOException.class,
            () ->
                Archive.TAR.unpack(
                    archive,
                    new Unpacking("it", folder, ArtifactRules.defaults()),
                    System.nanoTime()));
    assertTrue(late.getMessage().contains("in time"), late::getMessage);
  }
}
