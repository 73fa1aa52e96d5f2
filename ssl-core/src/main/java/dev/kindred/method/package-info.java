/**
 * Self-supervised methods. A {@link dev.kindred.method.Method} states only what is its own: the
 * heads, the momentum branches and the loss; everything else is the training step's.
 *
 * <pre>{@code
 * record Nothing() implements Method {                       // a method of your own is one class
 *   public <V> Objective build(MethodScope<V> scope, List<V> views) {
 *     var h = scope.encode("online", views);                 // one representation a view
 *     return Objective.of(new InfoNce(...).of(scope.tf(), h.get(0), h.get(1)));
 *   }
 *   ...
 * }
 * }</pre>
 */
@NullMarked
package dev.kindred.method;

import org.jspecify.annotations.NullMarked;
