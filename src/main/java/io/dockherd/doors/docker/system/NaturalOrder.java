package io.dockherd.doors.docker.system;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names as people sort them: node-2 before node-10. */
final class NaturalOrder {
  private static final Pattern PART = Pattern.compile("[0-9]+|[^0-9]+");

  private NaturalOrder() {}

  static int compare(String a, String b) {
    List<String> left = parts(a);
    List<String> right = parts(b);
    for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
      int order = compareParts(left.get(i), right.get(i));
      if (order != 0) {
        return order;
      }
    }
    return left.size() != right.size() ? left.size() - right.size() : a.compareTo(b);
  }

  private static int compareParts(String a, String b) {
    boolean areNumbers = Character.isDigit(a.charAt(0)) && Character.isDigit(b.charAt(0));
    return areNumbers ? new BigInteger(a).compareTo(new BigInteger(b)) : a.compareTo(b);
  }

  private static List<String> parts(String name) {
    List<String> parts = new ArrayList<>();
    Matcher part = PART.matcher(name);
    while (part.find()) {
      parts.add(part.group());
    }
    return parts;
  }
}
