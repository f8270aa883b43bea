package io.dockherd.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.failure.Invalid;
import io.dockherd.failure.NotFound;
import org.junit.jupiter.api.Test;

class LabPlanTest {
  @Test
  void everythingIsNamedAfterTheIndex() {
    HostPlan host = LabPlan.of(4, 3).host(2);
    assertEquals("host-2", host.name());
    assertEquals("10.213.4.2", host.address());
    assertEquals("dh4-2", host.namespace());
    assertEquals("dockherd-lab-4/host-2", host.controlGroup());
    assertEquals("nodes://10.213.4.[1:3]:7411", LabPlan.of(4, 3).discovery(7411));
  }

  @Test
  void namesFitWhatTheKernelAllows() {
    HostPlan host = LabPlan.of(99, 200).host(200);
    assertTrue(host.namespace().length() < 16, "an interface's name");
    assertTrue(host.engineSocket().toString().length() < 108, "a unix socket's path");
  }

  @Test
  void aHostThatIsNotThereIsNamed() {
    assertThrows(NotFound.class, () -> LabPlan.of(0, 3).host(4));
    assertThrows(NotFound.class, () -> LabPlan.of(0, 3).host(0));
    assertThrows(Invalid.class, () -> LabPlan.of(0, 0));
    assertThrows(Invalid.class, () -> LabPlan.of(-1, 1));
  }
}
