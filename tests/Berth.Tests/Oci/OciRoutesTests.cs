using Berth.Server.Gate;
using Berth.Server.Oci;
using Berth.Vocabulary;
using FsCheck;
using FsCheck.Fluent;

namespace Berth.Tests.Oci;

public sealed class OciRoutesTests
{
    private static readonly OciRoutes Routes = new(
    [
        Route("GET", ""), Route("GET", "_catalog"), Route("GET", "tags/list"),
        Route("GET", "manifests/{reference}"), Route("HEAD", "manifests/{reference}"),
        Route("GET", "blobs/{digest}"), Route("DELETE", "blobs/{digest}"),
        Route("POST", "blobs/uploads/"), Route("PATCH", "blobs/uploads/{upload}"),
    ]);

    [Theory]
    [InlineData("GET", "/v2", "", null, null)]
    [InlineData("GET", "/v2/", "", null, null)]
    [InlineData("HEAD", "/v2/", "", null, null)]
    [InlineData("GET", "/v2/_catalog", "_catalog", null, null)]
    [InlineData("GET", "/v2/app/tags/list", "tags/list", "app", null)]
    [InlineData("GET", "/v2/a/b/c/manifests/v1", "manifests/{reference}", "a/b/c", "v1")]
    [InlineData("GET", "/v2/tags/list/manifests/tags/list", "tags/list", "tags/list/manifests", null)]
    [InlineData("GET", "/v2/blobs/uploads/manifests/v1", "manifests/{reference}", "blobs/uploads", "v1")]
    [InlineData("GET", "/v2/app/blobs/sha256:00", "blobs/{digest}", "app", "sha256:00")]
    [InlineData("POST", "/v2/app/blobs/uploads/", "blobs/uploads/", "app", null)]
    [InlineData("POST", "/v2/app/blobs/uploads", "blobs/uploads/", "app", null)]
    [InlineData("PATCH", "/v2/app/blobs/uploads/id", "blobs/uploads/{upload}", "app", "id")]
    [InlineData("GET", "/v2/manifests/v1", "manifests/{reference}", "", "v1")]
    [InlineData("GET", "/v2/a%2fb/manifests/v1", "manifests/{reference}", "a%2fb", "v1")]
    [InlineData("GET", "/v2/../a/manifests/v1", "manifests/{reference}", "../a", "v1")]
    [InlineData("GET", "/v2//a/manifests/v1", "manifests/{reference}", "/a", "v1")]
    public void A_path_is_read_from_its_tail(string method, string path, string tail, string? name, string? variable)
    {
        var match = Routes.Match(method, path);

        Assert.Equal((tail, name, variable), (match.Route.Tail, match.Name, match.Variable));
    }

    [Theory]
    [InlineData("GET", "/")]
    [InlineData("GET", "/v1/")]
    [InlineData("GET", "/v22/_catalog")]
    [InlineData("GET", "/v2/app")]
    [InlineData("GET", "/v2/app/_catalog")]
    [InlineData("GET", "/v2/app/manifests/a/b")]
    [InlineData("GET", "http://other/v2/")]
    [InlineData("GET", "*")]
    [InlineData("GET", "")]
    public void Other_paths_are_not_found(string method, string path) =>
        Assert.IsType<NotOffered>(Assert.Throws<FaultException>(() => Routes.Match(method, path)).Fault);

    [Theory]
    [InlineData("POST", "/v2/")]
    [InlineData("DELETE", "/v2/app/tags/list")]
    [InlineData("OPTIONS", "/v2/app/manifests/v1")]
    [InlineData("get", "/v2/_catalog")]
    public void Other_methods_are_not_offered(string method, string path) =>
        Assert.IsType<OperationUnknown>(Assert.Throws<FaultException>(() => Routes.Match(method, path)).Fault);

    [Fact]
    public void Any_text_is_a_route_or_a_fault() => Check.QuickThrowOnFailure(Prop.ForAll(
        ArbMap.Default.ArbFor<string[]>(),
        segments =>
        {
            try
            {
                return Routes.Match("GET", "/v2/" + string.Join('/', segments)).Route is not null;
            }
            catch (FaultException)
            {
                return true;
            }
        }));

    private static OciRoute Route(string method, string tail) => new(method, tail, As: null, AccessLevel.Read);
}
