package io.dockherd.compose.schema;

import io.dockherd.compose.yaml.Numbers;
import io.dockherd.compose.yaml.YamlNode;
import io.dockherd.compose.yaml.YamlScalar;
import io.dockherd.compose.yaml.YamlScalar.Kind;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The shapes of single values. A text with variables put in may be a number or a flag as well. */
final class Scalars {
  private Scalars() {}

  /** How one kind of value is read; empty when it is not of that kind. */
  private interface Reading {
    Optional<? extends YamlNode> read(YamlScalar scalar, Where where);
  }

  private record Scalar(String label, String remedy, Reading reading) implements Shape {
    @Override
    public Optional<YamlNode> canonical(YamlNode node, Where where) {
      Optional<YamlNode> read =
          node instanceof YamlScalar scalar
              ? reading.read(scalar, where).map(YamlNode.class::cast)
              : Optional.empty();
      if (read.isEmpty()) {
        where.wrong(node, "has to be " + label + ", and is " + node.portrait(), remedy);
      }
      return read;
    }
  }

  /** A text. A number is refused, lest 1.10 silently become 1.1. */
  static Shape text() {
    return new Scalar(
        "text",
        "quote it if it is meant as text",
        (scalar, where) -> Optional.of(scalar).filter(found -> found.kind() == Kind.TEXT));
  }

  /** A text, or a number or flag that is taken for one. */
  static Shape anyText() {
    return new Scalar("text or number", "", (scalar, where) -> Optional.of(asText(scalar, where)));
  }

  /** A scalar as a text, with a warning where the text is not what was written. */
  static YamlScalar asText(YamlScalar scalar, Where where) {
    String text = Numbers.asText(scalar);
    if (!text.equals(scalar.text()) && scalar.kind() != Kind.FLAG) {
      where.warn(
          "number " + scalar.at(),
          scalar.at(),
          "is the number " + text + ", though " + scalar.text() + " is written",
          "quote it if it is meant as text");
    }
    return YamlScalar.text(scalar.at(), text).with(scalar.directive());
  }

  static Shape matching(String label, Pattern pattern) {
    return new Scalar(
        label,
        "",
        (scalar, where) ->
            Optional.of(YamlScalar.text(scalar.at(), Numbers.asText(scalar)))
                .filter(found -> pattern.matcher(found.text()).matches()));
  }

  static Shape choice(String... words) {
    List<String> known = List.of(words);
    return new Scalar(
        known.stream().collect(Collectors.joining(", ", "one of ", "")),
        "",
        (scalar, where) -> Optional.of(scalar).filter(found -> known.contains(found.text())));
  }

  /** {@code true}, {@code false}; and YAML 1.1's other words for them, with a warning. */
  static Shape flag() {
    return new Scalar("true or false", "", Scalars::flag);
  }

  private static Optional<YamlScalar> flag(YamlScalar scalar, Where where) {
    String word = scalar.text().toLowerCase();
    boolean isYes = List.of("true", "yes", "y", "on", "1").contains(word);
    boolean isNo = List.of("false", "no", "n", "off", "0").contains(word);
    if (!isYes && !isNo) {
      return Optional.empty();
    }
    if (!word.equals("true") && !word.equals("false")) {
      where.warn(
          "flag " + scalar.at(),
          scalar.at(),
          "is " + isYes + ", though '" + scalar.text() + "' is written",
          "write " + isYes);
    }
    return Optional.of(YamlScalar.flag(scalar.at(), isYes));
  }

  /** A whole number within bounds. */
  static Shape whole(long least, long most) {
    return new Scalar(
        "a whole number"
            + (least == Long.MIN_VALUE
                ? ""
                : most == Long.MAX_VALUE
                    ? " of at least " + least
                    : " from " + least + " to " + most),
        "",
        (scalar, where) ->
            Numbers.whole(scalar.text().strip())
                .filter(number -> number >= least && number <= most)
                .map(number -> YamlScalar.whole(scalar.at(), number)));
  }

  /** A number that is not negative: cores. */
  static Shape amount() {
    return new Scalar(
        "a number that is not negative",
        "",
        (scalar, where) ->
            Numbers.decimal(scalar.text().strip())
                .filter(number -> number >= 0)
                .map(
                    number ->
                        new YamlScalar(
                            scalar.at(), scalar.directive(), Numbers.plain(number), Kind.DECIMAL)));
  }

  /** Bytes: {@code 512}, {@code 64m}, {@code 1.5gb}; canonical: their number, as text. */
  static Shape bytes() {
    return new Scalar(
        "a number of bytes, as 512m or 2gb",
        "",
        (scalar, where) ->
            ByteCount.parse(Numbers.asText(scalar))
                .map(bytes -> YamlScalar.text(scalar.at(), Long.toString(bytes))));
  }

  /** A time: {@code 1m30s}; canonical: the same, normalised. */
  static Shape duration() {
    return new Scalar(
        "a time with its unit, as 90s or 1m30s",
        "",
        (scalar, where) ->
            GoDuration.parse(scalar.text())
                .map(time -> YamlScalar.text(scalar.at(), GoDuration.print(time))));
  }

  /** A path, made absolute. */
  static Shape path() {
    return new Scalar(
        "a path",
        "",
        (scalar, where) ->
            Optional.of(scalar)
                .filter(found -> !found.text().isEmpty())
                .flatMap(
                    found ->
                        where
                            .absolute(found.text())
                            .map(path -> YamlScalar.text(found.at(), path))));
  }

  /** Rights of a file: {@code 0440}, {@code 0o440}, {@code "0440"}; canonical: {@code "0440"}. */
  static Shape fileMode() {
    return new Scalar("the rights of a file in octal, as 0440", "", Scalars::fileMode);
  }

  private static Optional<YamlScalar> fileMode(YamlScalar scalar, Where where) {
    String octal = scalar.text().startsWith("0o") ? scalar.text().substring(2) : scalar.text();
    boolean isDecimal =
        scalar.kind() == Kind.WHOLE && !octal.startsWith("0") && !scalar.text().startsWith("0o");
    if (isDecimal) {
      octal = Numbers.whole(octal).map(Long::toOctalString).orElse("");
      where.warn(
          "mode " + scalar.at(),
          scalar.at(),
          "is 0" + octal + " in octal, for " + scalar.text() + " is a decimal number",
          "begin it with 0");
    }
    String digits = octal;
    return Optional.of(digits)
        .filter(text -> text.matches("[0-7]{1,5}"))
        .map(text -> Integer.parseInt(text, 8))
        .filter(mode -> mode <= 07777)
        .map(mode -> YamlScalar.text(scalar.at(), String.format("%04o", mode)));
  }
}
