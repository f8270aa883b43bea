package io.dockherd.doors.manifests.format;

import io.dockherd.apps.model.AppConfig.Kind;
import io.dockherd.apps.model.Restart;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What happens when a container ends. Nothing said: another takes its place. {@code always} and
 * {@code unless-stopped}: it is started again where it is. {@code on-failure} and {@code
 * on-failure:3}: the same when it has failed, after which another takes its place; when it ends
 * with 0 its work is done.
 */
record RestartField(Kind kind, Restart restart) {
  private static final RestartField UNSAID = new RestartField(Kind.SERVICE, Restart.NEVER);
  private static final Pattern ON_FAILURE = Pattern.compile("on-failure(?::([0-9]{1,6}))?");
  private static final Duration DELAY = Duration.ofSeconds(1);

  static RestartField read(Fields manifest) {
    return manifest.text("restart").map(text -> read(manifest, text)).orElse(UNSAID);
  }

  private static RestartField read(Fields manifest, String text) {
    if (text.equals("always") || text.equals("unless-stopped")) {
      return new RestartField(
          Kind.SERVICE, new Restart(Restart.When.ALWAYS, 0, DELAY, Duration.ZERO));
    }
    Matcher form = ON_FAILURE.matcher(text);
    if (form.matches()) {
      int attempts = form.group(1) == null ? 0 : Integer.parseInt(form.group(1));
      return new RestartField(
          Kind.JOB, new Restart(Restart.When.ON_FAILURE, attempts, DELAY, Duration.ZERO));
    }
    throw manifest.wrong(
        "restart",
        "has to be always, unless-stopped or on-failure, and is '" + text + "'",
        text.equals("no") ? "what is in a manifest is kept up; write on-failure for a job" : "");
  }
}
