package io.dockherd.herd.links;

import io.dockherd.herd.members.Member;
import io.dockherd.herd.members.Members;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Members of whom only the going is told. */
final class ComingAndGoing implements Members {
  private final List<MembersListener> listeners = new CopyOnWriteArrayList<>();

  void leave(Member member) {
    listeners.forEach(listener -> listener.onLeft(member, false));
  }

  @Override
  public Member self() {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Member> present() {
    return List.of();
  }

  @Override
  public void listen(MembersListener listener) {
    listeners.add(listener);
  }
}
