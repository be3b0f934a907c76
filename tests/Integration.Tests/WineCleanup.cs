using Qcw.Integration.Tests.Support;

namespace Qcw.Integration.Tests;

/// <summary>Deletes Wine's template when all tests have run: the test host does not wait for handlers of its own exit.</summary>
[SetUpFixture]
internal sealed class WineCleanup
{
    [OneTimeTearDown]
    public void DeleteTemplate() => WineTemplate.Delete();
}
