/**
 * Weights of networks in files that other libraries read and write too: {@link
 * dev.kindred.weights.SafeTensors} is the safetensors format, {@link
 * dev.kindred.weights.NamedTensor} one array of such a file, {@link
 * dev.kindred.weights.TorchParameter} how PyTorch's libraries keep a parameter in such arrays.
 *
 * <pre>{@code
 * Map<String, NamedTensor> weights = SafeTensors.read(Path.of("resnet18.safetensors"));
 * NamedTensor kernel = weights.get("conv1.weight");                // shape [64, 3, 7, 7]
 *
 * NamedTensor bias = new NamedTensor("fc.bias", new long[] {2}, new float[] {0.5f, -0.5f});
 * SafeTensors.write(Path.of("head.safetensors"), List.of(bias), Map.of("format", "pt"));
 * }</pre>
 */
@NullMarked
package dev.kindred.weights;

import org.jspecify.annotations.NullMarked;
