package io.dockherd.doors.manifests.keys;

/** etcd's errors, as far as they happen here: number, words and HTTP status. */
public enum ErrorCode {
  KEY_NOT_FOUND(100, "Key not found", 404),
  COMPARE_FAILED(101, "Compare failed", 412),
  NOT_A_FILE(102, "Not a file", 403),
  NOT_A_DIRECTORY(104, "Not a directory", 400),
  EXISTS(105, "Key already exists", 412),
  ROOT_IS_READ_ONLY(107, "Root is read only", 400),
  /** The same of what is not the root: etcd has none that may only be read. */
  READ_ONLY(107, "Root is read only", 403),
  NOT_EMPTY(108, "Directory not empty", 403),
  UNAUTHORIZED(110, "The request requires user authentication", 403),
  VALUE_REQUIRED(200, "Value is Required in POST form", 400),
  PREVIOUS_VALUE_REQUIRED(201, "PrevValue is Required in POST form", 400),
  TTL_IS_NO_NUMBER(202, "The given TTL in POST form is not a number", 400),
  INDEX_IS_NO_NUMBER(203, "The given index in POST form is not a number", 400),
  INVALID_FIELD(209, "Invalid field", 400),
  INVALID_FORM(210, "Invalid POST form", 400),
  /** What etcd says when it can't do its work just now. */
  INTERNAL(300, "Raft Internal Error", 500),
  /** The same where it is too much at once. */
  BUSY(300, "Raft Internal Error", 503),
  HISTORY_CLEARED(401, "The event in requested index is outdated and cleared", 400);

  private final int number;
  private final String message;
  private final int status;

  ErrorCode(int number, String message, int status) {
    this.number = number;
    this.message = message;
    this.status = status;
  }

  /** etcd's number for it. */
  public int number() {
    return number;
  }

  /** etcd's words for it. */
  public String message() {
    return message;
  }

  /** The HTTP status it comes with. */
  public int status() {
    return status;
  }
}
