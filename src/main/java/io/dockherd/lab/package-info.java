/**
 * A herd of real Docker hosts on one machine: each a network namespace with a name, an address, a
 * Docker daemon and a node process of its own, and ways to break and mend them. The ground of the
 * demo, the system tests and the benchmarks. Way in: {@code Lab}.
 */
package io.dockherd.lab;
