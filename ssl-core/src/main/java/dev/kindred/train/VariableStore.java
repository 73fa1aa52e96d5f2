package dev.kindred.train;

import dev.kindred.embedding.Weights;
import dev.kindred.runtime.Sessions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.op.train.Restore;
import org.tensorflow.op.train.Save;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;
import org.tensorflow.types.family.TType;

/**
 * Saves and restores an explicit list of variables in TensorFlow's checkpoint format, which sums
 * its blocks and so knows a damaged file.
 */
final class VariableStore {
  private final Placeholder<TString> prefix;
  private final Save save;
  private final List<Op> restore;

  /** Adds the operations to the graph; {@code variables} are by their names in the file. */
  VariableStore(Ops tf, Map<String, Variable<TFloat32>> variables) {
    Map<String, Variable<TFloat32>> all = new LinkedHashMap<>(variables);
    prefix = tf.placeholder(TString.class);
    Operand<TString> names = tf.array(all.keySet().toArray(String[]::new));
    Operand<TString> whole = tf.array(all.keySet().stream().map(n -> "").toArray(String[]::new));
    List<Operand<?>> values = new ArrayList<>();
    List<Class<? extends TType>> types = new ArrayList<>();
    for (Variable<TFloat32> variable : all.values()) {
      values.add(tf.identity(variable));
      types.add(TFloat32.class);
    }
    save = tf.train.save(prefix, names, whole, values);
    Iterator<Output<?>> read = tf.train.restore(prefix, names, whole, types).tensors().iterator();
    restore = new ArrayList<>();
    for (Variable<TFloat32> variable : all.values()) {
      restore.add(tf.assign(variable, read.next().expect(TFloat32.class)));
    }
  }

  /** Some of the values in a file, which the caller closes. */
  static Weights read(Path file, List<String> names) {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Operand<TString> wanted = tf.array(names.toArray(String[]::new));
      Operand<TString> whole = tf.array(names.stream().map(name -> "").toArray(String[]::new));
      List<Class<? extends TType>> types = new ArrayList<>();
      names.forEach(name -> types.add(TFloat32.class));
      Restore restored = tf.train.restore(tf.constant(file.toString()), wanted, whole, types);
      try (Session session = Sessions.open(graph)) {
        Session.Runner runner = session.runner();
        restored.tensors().forEach(runner::fetch);
        Map<String, TFloat32> values = new LinkedHashMap<>();
        Result result = runner.run();
        for (int i = 0; i < names.size(); i++) {
          values.put(names.get(i), (TFloat32) result.get(i));
        }
        return new Weights(values);
      }
    }
  }

  void save(Session session, Path file) {
    try (TString path = TString.scalarOf(file.toString())) {
      session.runner().feed(prefix, path).addTarget(save).run().close();
    }
  }

  void restore(Session session, Path file) {
    try (TString path = TString.scalarOf(file.toString())) {
      Session.Runner runner = session.runner().feed(prefix, path);
      restore.forEach(runner::addTarget);
      runner.run().close();
    }
  }
}
