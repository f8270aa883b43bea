package io.dockherd.doors.docker.system;

import io.dockherd.doors.docker.DockerError;
import io.dockherd.failure.Unreachable;
import io.dockherd.fleet.EachHost.Word;
import java.util.List;

/** What is to be told when not every engine has answered. */
final class Heard {
  private Heard() {}

  /**
   * Those that did what was asked; none where nobody was asked.
   *
   * @throws DockerError what the first said that did not, when none did
   * @throws Unreachable when none said anything
   */
  static List<Word> of(List<Word> words) {
    List<Word> heard = words.stream().filter(Word::isSuccess).toList();
    if (heard.isEmpty() && !words.isEmpty()) {
      words.stream()
          .flatMap(word -> word.response().stream())
          .findFirst()
          .ifPresent(
              answer -> {
                throw new DockerError(answer.status(), answer.message());
              });
      throw new Unreachable("herd", "no engine tells: " + words.getFirst().trouble(), "");
    }
    return heard;
  }
}
