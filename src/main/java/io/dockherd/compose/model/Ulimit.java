package io.dockherd.compose.model;

/** A limit of the kernel's: {@code 1024}, or {@code {soft: 1024, hard: 2048}}; -1 is none. */
public record Ulimit(long soft, long hard) {}
