package io.dockherd.herd.group;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A participant that notes everything and answers questions with their echo. */
final class Listener implements Participant {
  record Heard(PeerId from, String message) {}

  final List<View> views = new CopyOnWriteArrayList<>();
  final List<Heard> heard = new CopyOnWriteArrayList<>();

  @Override
  public void onView(View view) {
    views.add(view);
  }

  @Override
  public void onMessage(PeerId from, byte[] message) {
    heard.add(new Heard(from, new String(message, StandardCharsets.UTF_8)));
  }

  @Override
  public byte[] onQuestion(PeerId from, byte[] question) {
    return question;
  }

  View view() {
    return views.getLast();
  }

  List<String> from(PeerId peer) {
    return heard.stream().filter(h -> h.from.equals(peer)).map(Heard::message).toList();
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
