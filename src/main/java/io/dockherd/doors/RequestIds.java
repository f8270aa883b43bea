package io.dockherd.doors;

import java.util.HexFormat;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** The id that follows a request through logs and across nodes: the caller's own, or a new one. */
public final class RequestIds {
  /** The header it comes and goes in. */
  public static final String HEADER = "X-Request-Id";

  private static final Pattern FIT = Pattern.compile("[A-Za-z0-9._:/=+-]{1,64}");

  private final RandomGenerator random;

  /** New ids come from {@code random} (fit for many threads); unique is enough, not secret. */
  public RequestIds(RandomGenerator random) {
    this.random = random;
  }

  /** The given one when it is fit to be logged and passed on, else (null too) a new one. */
  public String of(String given) {
    return given != null && FIT.matcher(given).matches() ? given : fresh();
  }

  /** A new one: 16 hex digits. */
  public String fresh() {
    return HexFormat.of().toHexDigits(random.nextLong());
  }
}
