package io.dockherd.herd.keys;

/** Whom an authority speaks for. A client's certificate never makes a member. */
public enum Role {
  MEMBERS("members"),
  CLIENTS("clients");

  private final String label;

  Role(String label) {
    this.label = label;
  }

  /** As it stands in an authority's subject. */
  public String label() {
    return label;
  }
}
