using Qcw.Build.Reporting;

namespace Qcw.Build.Tests.Reporting;

public sealed class TreemapTests
{
    [Test]
    public void Areas_of_files_are_proportional_and_tiles_stay_inside_and_apart()
    {
        SizeNode root = Node("root", [6, 6, 4, 3, 2, 2, 1]);
        IReadOnlyList<Tile> tiles = new Treemap(0, 15).Lay(root, 600, 400);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(tiles, Has.Count.EqualTo(7));
            Assert.That(
                tiles.Select(tile => tile.Width * tile.Height / tile.Node.Size), Is.All.EqualTo(600.0 * 400 / 24).Within(0.001));
            Assert.That(tiles.All(tile => tile.X >= 0 && tile.Y >= 0 && tile.X + tile.Width <= 600.001 && tile.Y + tile.Height <= 400.001));
            Assert.That(
                from one in tiles
                from other in tiles
                where one != other && one.X + 0.001 < other.X + other.Width && other.X + 0.001 < one.X + one.Width
                    && one.Y + 0.001 < other.Y + other.Height && other.Y + 0.001 < one.Y + one.Height
                select one.Node.Name, Is.Empty, "overlap");
        }
    }

    [Test]
    public void What_is_too_small_is_put_together_and_nothing_is_lost()
    {
        SizeNode root = Node("root", [1_000_000, .. Enumerable.Repeat(10, 500)]);
        IReadOnlyList<Tile> tiles = new Treemap(400, 15).Lay(root, 600, 400);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(tiles, Has.Count.EqualTo(2));
            Assert.That(tiles.Sum(tile => tile.Node.Size), Is.EqualTo(root.Size));
            Assert.That(tiles.Max(tile => tile.Together), Is.EqualTo(500));
        }
    }

    [Test]
    public void Sizes_of_a_release_sum_at_every_depth()
    {
        var root = SizeNode.Of(SampleReport.Release());
        Check(root);
        Assert.That(root.Size, Is.EqualTo(SampleReport.Release().Files.Sum(file => file.Unpacked)).And.GreaterThan(0));

        static void Check(SizeNode node)
        {
            if (node.Parts.Count > 0)
            {
                Assert.That(node.Parts.Sum(part => part.Size), Is.EqualTo(node.Size), node.Name);
            }

            foreach (SizeNode part in node.Parts)
            {
                Check(part);
            }
        }
    }

    private static SizeNode Node(string name, int[] sizes) =>
        new(name, sizes.Sum(), [.. sizes.Select((size, index) => new SizeNode($"{index}", size, []))]);
}
