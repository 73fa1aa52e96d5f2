/**
 * The {@code kindred} command. {@link dev.kindred.cli.Kindred} is its entry; each command is one
 * class that reads options, calls the library and prints. Nothing depends on this package.
 *
 * <pre>{@code
 * kindred pretrain images --data cifar10:data/cifar10 --method simclr --encoder resnet18 \
 *     --epochs 100 --out runs/cifar10
 * kindred evaluate knn --model runs/cifar10/encoder \
 *     --train cifar10:data/cifar10 --test cifar10:data/cifar10
 * }</pre>
 */
@NullMarked
package dev.kindred.cli;

import org.jspecify.annotations.NullMarked;
