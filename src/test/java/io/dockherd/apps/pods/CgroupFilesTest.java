package io.dockherd.apps.pods;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.dockherd.apps.model.Instance;
import io.dockherd.apps.model.PodSpec.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CgroupFilesTest {
  private static final Resources LIMITS = new Resources(1_500_000_000, 64 << 20, 0, 0);
  private final InstanceKey key = PodsNode.key("/shop/web", 1);
  private final String name = "dockherd/" + Instance.taskId(key.path(), key.id());
  @TempDir Path root;

  private String make(CgroupFiles.Kind kind, Resources limits, int containers) {
    return new CgroupFiles(root, () -> kind).make(key, limits, containers);
  }

  private String read(String file) throws IOException {
    return Files.readString(root.resolve(file));
  }

  @Test
  void theFirstVersionHasATreeForEachKindOfLimit() throws IOException {
    assertEquals("/" + name, make(CgroupFiles.Kind.VERSION_1, LIMITS, 2));
    assertEquals("67108864", read("memory/" + name + "/memory.limit_in_bytes"));
    assertEquals("150000", read("cpu/" + name + "/cpu.cfs_quota_us"));
    assertEquals("100000", read("cpu/" + name + "/cpu.cfs_period_us"));
  }

  @Test
  void theSecondHasOneTreeWhoseBranchesAreToldWhatToControl() throws IOException {
    assertEquals("/" + name, make(CgroupFiles.Kind.VERSION_2, LIMITS, 2));
    assertEquals("67108864", read(name + "/memory.max"));
    assertEquals("150000 100000", read(name + "/cpu.max"));
    assertEquals("+cpu +memory +pids", read("dockherd/cgroup.subtree_control"));
    assertEquals("+cpu +memory +pids", read(name + "/cgroup.subtree_control"));
  }

  @Test
  void whereThereIsNothingToBindTogetherThereIsNone() {
    assertEquals("", make(CgroupFiles.Kind.VERSION_1, LIMITS, 1));
    assertEquals("", make(CgroupFiles.Kind.VERSION_1, Resources.UNSAID, 3));
    assertEquals("", make(CgroupFiles.Kind.OF_ITS_OWN, LIMITS, 3));
    assertFalse(Files.exists(root.resolve("memory")));
  }

  @Test
  void whereNoneCanBeMadeTheLimitsAreSplit() throws IOException {
    Files.writeString(root.resolve("memory"), "no folder");
    assertEquals("", make(CgroupFiles.Kind.VERSION_1, LIMITS, 2));
  }
}
