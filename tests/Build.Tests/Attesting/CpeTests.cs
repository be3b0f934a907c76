using Qcw.Build.Attesting;

namespace Qcw.Build.Tests.Attesting;

public sealed class CpeTests
{
    [TestCase("tukaani:xz", "5.8.4", "cpe:2.3:a:tukaani:xz:5.8.4:*:*:*:*:*:*:*")]
    [TestCase("qemu:qemu", "8.0.0-rc2", "cpe:2.3:a:qemu:qemu:8.0.0:rc2:*:*:*:*:*:*")]
    [TestCase("podman_project:podman", "4.5.0-dev", "cpe:2.3:a:podman_project:podman:4.5.0-dev:*:*:*:*:*:*:*")]
    [TestCase("a:b", "1+ds~2", @"cpe:2.3:a:a:b:1\+ds\~2:*:*:*:*:*:*:*")]
    public void A_version_of_a_product_has_a_name(string product, string version, string expected) =>
        Assert.That(Cpe.Of(product, version), Is.EqualTo(expected));
}
