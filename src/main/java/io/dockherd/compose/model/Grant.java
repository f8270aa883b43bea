package io.dockherd.compose.model;

import java.util.Optional;

/**
 * A config or secret given to a service: {@code {source: key, target: /run/secrets/key, uid: "1",
 * gid: "1", mode: "0440"}}.
 *
 * @param target its whole path within the container
 * @param mode in octal
 */
public record Grant(
    String source,
    String target,
    Optional<String> uid,
    Optional<String> gid,
    Optional<String> mode) {}
