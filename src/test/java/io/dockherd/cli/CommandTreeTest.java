package io.dockherd.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class CommandTreeTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter errors = new StringWriter();

  private int execute(String... arguments) {
    CommandLine commands = CommandTree.build();
    commands.setOut(new PrintWriter(out, true));
    commands.setErr(new PrintWriter(errors, true));
    return commands.execute(arguments);
  }

  @Test
  void eachCommandHasHelpOfItsOwn() {
    for (String command : CommandTree.build().getSubcommands().keySet()) {
      assertEquals(0, execute(command, "--help"), command);
      assertTrue(out.toString().contains("Usage: dockherd " + command), command);
    }
  }

  @Test
  void whatIsAskedWronglyIsToldInOneLineWithAHint() {
    assertEquals(2, execute("nod"));
    assertTrue(errors.toString().startsWith("dockherd: Unmatched argument at index 0: 'nod'"));
    assertTrue(errors.toString().contains("node"), "the nearest command");
    assertTrue(errors.toString().contains("--help"));
  }

  @Test
  void whatFailsIsToldInOneLine() {
    assertEquals(1, execute("node", "--port=x"));
    assertEquals(
        "dockherd: the flag --rest-service-port can't be read: x;"
            + " expected a port number from 0 to 65535\n",
        errors.toString());
  }

  @Test
  void withoutACommandItAsksForOne() {
    assertEquals(2, execute());
  }
}
