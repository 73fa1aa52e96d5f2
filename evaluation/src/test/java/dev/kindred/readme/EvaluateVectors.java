package dev.kindred.readme;

// #evaluate
import dev.kindred.embedding.*;
import dev.kindred.evaluation.*;
import java.nio.file.Path;

public final class EvaluateVectors {
  public static void main(String... files) {
    Embeddings train = EmbeddingFiles.read(Path.of(files[0])); // X.npy, and X.tsv of ids and labels
    Embeddings test = EmbeddingFiles.read(Path.of(files[1]));
    SetCheck.warnings(train, test).forEach(System.out::println);
    Classification knn = Knn.dino().evaluate(train, test);
    TransferResult linear = Transfer.defaults(0).evaluate(train, test);
    Repeated few = FewLabels.of(LabelBudget.share(0.1)).evaluate(Knn.dino(), train, test);
    Retrieval found = Retrieval.of(test, train, Relevance.sameClass());
    System.out.println("kNN " + knn.accuracy() + " " + knn.intervals(Bootstrap.defaults()));
    System.out.println("linear " + linear.test().accuracy() + ", l2 " + linear.l2());
    System.out.println("a tenth of the labels " + few.interval("accuracy"));
    System.out.println("mAP@R " + found.mean(RetrievalMetric.MAP_AT_R));
    System.out.println("AMI " + ClusterAgreement.of(KMeans.of(10).cluster(test), test).ami());
    System.out.println("uniformity " + Quality.of(test).uniformity());
  }
  // #end
}
