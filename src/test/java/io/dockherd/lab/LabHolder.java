package io.dockherd.lab;

import java.util.concurrent.CountDownLatch;

/** A process that brings a lab up, says so and holds it until it is killed. */
final class LabHolder {
  private LabHolder() {}

  /** The lab's index, how many hosts. */
  public static void main(String[] args) throws InterruptedException {
    Lab.up(LabPlan.of(Integer.parseInt(args[0]), Integer.parseInt(args[1])), Progress.SILENT);
    System.out.println("up");
    new CountDownLatch(1).await();
  }
}
