package io.dockherd.cli;

import io.dockherd.failure.Refused;
import io.dockherd.failure.Unreachable;
import io.dockherd.lab.Distribution;
import io.dockherd.lab.Distribution.Role;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;

/** A demo held by a process in the background. */
final class HeldDemo {
  /** What that process writes when all is up; nobody reads what it writes after that. */
  static final String UP = "\u0004";

  private HeldDemo() {}

  /** Starts it and returns when it is up; what it says meanwhile is passed on. */
  static void start(int lab, int hosts) {
    List<String> demo = List.of("demo", "--lab=" + lab, "--hosts=" + hosts, "--held");
    ProcessBuilder builder = new ProcessBuilder("setsid");
    builder.command().addAll(Distribution.own().command(Role.CLI, demo));
    builder.redirectErrorStream(true);
    try (BufferedReader output = builder.start().inputReader()) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        if (line.equals(UP)) {
          System.out.println(
              "\nIt goes on in the background; " + Self.NAME + " demo --down ends it.");
          return;
        }
        System.out.println(line);
      }
      throw new Refused("demo", "the demo did not come up", "");
    } catch (IOException e) {
      throw new Unreachable("demo", "the demo can't be started", e.getMessage(), e);
    }
  }
}
