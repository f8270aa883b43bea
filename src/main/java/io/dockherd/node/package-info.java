/** The whole system wired by hand, and every setting it has. Way in: {@code Node}. */
package io.dockherd.node;
