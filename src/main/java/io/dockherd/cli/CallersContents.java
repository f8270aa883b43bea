package io.dockherd.cli;

import io.dockherd.apps.compose.Contents;
import io.dockherd.compose.interpolation.Variables;
import io.dockherd.compose.model.Content;
import io.dockherd.failure.Invalid;
import io.dockherd.failure.NotFound;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * What configs and secrets hold on the machine the command runs on.
 *
 * @param environment the project's
 */
record CallersContents(Variables environment) implements Contents {
  /** More than may be given, so that it is told how much too much it is. */
  private static final int MOST_BYTES = 1 << 20;

  CallersContents {
    Objects.requireNonNull(environment, "environment");
  }

  @Override
  public Buffer of(Content content) {
    return switch (content) {
      case Content.OfFile file -> read(Path.of(file.path()));
      case Content.OfEnvironment variable ->
          Buffer.buffer(
              environment
                  .value(variable.variable())
                  .orElseThrow(
                      () ->
                          new NotFound(
                              variable.variable(),
                              "the variable " + variable.variable() + " is not set",
                              "set it here or in an env file, for "
                                  + variable.name()
                                  + " is made of it")));
      case Content.Inline inline -> Buffer.buffer(inline.text());
      case Content.External external ->
          throw new Invalid(external.name(), external.name() + " is external", "");
    };
  }

  private static Buffer read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return Buffer.buffer(in.readNBytes(MOST_BYTES));
    } catch (NoSuchFileException e) {
      throw new NotFound(file.toString(), "there is no file " + file, "", e);
    } catch (IOException e) {
      throw new Invalid(file.toString(), file + " can't be read: " + e.getMessage(), "", e);
    }
  }
}
