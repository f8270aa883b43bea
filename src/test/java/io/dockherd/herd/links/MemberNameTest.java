package io.dockherd.herd.links;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dockherd.failure.Invalid;
import io.dockherd.herd.keys.AlternativeName;
import io.dockherd.herd.keys.Leaf;
import io.dockherd.herd.keys.Purpose;
import io.dockherd.herd.keys.Role;
import io.dockherd.herd.keys.Subjects;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MemberNameTest {
  private static Optional<MemberName> inCertificateWith(String... uris) {
    List<AlternativeName> names =
        List.of(uris).stream().<AlternativeName>map(AlternativeName.Uri::new).toList();
    Leaf leaf =
        TestHerd.KEY
            .signer(Role.MEMBERS)
            .issue(
                Subjects.of("x", "member"),
                Set.of(Purpose.CLIENT),
                names,
                TestHerd.NOW,
                Duration.ofDays(1));
    return MemberName.of(leaf.certificate());
  }

  @Test
  void anyNameIsReadOutOfACertificateAsItWasPutIn() {
    for (String name :
        List.of(
            "host-1",
            "host_1",
            "host-1.example.com",
            "a/b",
            "a b",
            "a+b",
            "a%2Fb",
            "ä ö",
            "日本",
            "..")) {
      MemberName member = new MemberName("a herd/of+mine", name);
      assertEquals(Optional.of(member), inCertificateWith(member.uri()));
      // The leaf of such a member can be made as well.
      assertEquals(
          Optional.of(name),
          MemberName.of(TestHerd.member(name).leaf().certificate()).map(MemberName::node));
    }
  }

  @Test
  void aCertificateNamesExactlyOneMember() {
    assertEquals(Optional.empty(), inCertificateWith());
    assertEquals(Optional.empty(), inCertificateWith("https://example.com/"));
    assertEquals(Optional.empty(), inCertificateWith("dockherd:a/b", "dockherd:a/c"));
    for (String wrong :
        List.of("dockherd:a", "dockherd:a/b/c", "dockherd:/b", "dockherd:a/", "dockherd:a/%00")) {
      assertEquals(Optional.empty(), inCertificateWith(wrong), wrong);
    }
  }

  @Test
  void namesThatCannotBeWrittenDownAreRefused() {
    for (String wrong : List.of("", " ", "a\nb", "x".repeat(254))) {
      assertThrows(Invalid.class, () -> new MemberName("herd", wrong));
      assertThrows(Invalid.class, () -> new MemberName(wrong, "node"));
    }
  }
}
