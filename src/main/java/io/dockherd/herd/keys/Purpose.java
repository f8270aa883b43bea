package io.dockherd.herd.keys;

/** What a certificate may be shown for (RFC 5280 §4.2.1.12). */
public enum Purpose {
  CLIENT("1.3.6.1.5.5.7.3.2"),
  SERVER("1.3.6.1.5.5.7.3.1");

  private final String identifier;

  Purpose(String identifier) {
    this.identifier = identifier;
  }

  /** The object identifier, dotted. */
  public String identifier() {
    return identifier;
  }
}
