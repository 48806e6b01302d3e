using Berth.Vocabulary;
using FsCheck;
using FsCheck.Fluent;

namespace Berth.Tests.Vocabulary;

public sealed class RepositoryIdTests
{
    [Theory]
    [InlineData("arn:aws:ecr:us-east-1:123456789012:repository/app")]
    [InlineData("arn:aws:ecr:eu-central-1:000000000000:repository/team/web/app")]
    [InlineData("arn:aws-cn:ecr:cn-north-1:123456789012:repository/app")]
    [InlineData("arn:aws-us-gov:ecr:us-gov-west-1:123456789012:repository/repository/app")]
    public void An_ARN_names_one_repository_and_reads_back_as_itself(string arn) =>
        Assert.Equal(arn, RepositoryId.ParseArn(arn).Arn);

    [Fact]
    public void An_ARN_says_account_Region_and_name()
    {
        var repository = RepositoryId.ParseArn("arn:aws:ecr:eu-central-1:123456789012:repository/team/app");

        Assert.Equal("123456789012", repository.Account.ToString());
        Assert.Equal("eu-central-1", repository.Registry.Region.ToString());
        Assert.Equal("team/app", repository.Name.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("arn")]
    [InlineData("arn:aws:ecr:us-east-1:123456789012")]
    [InlineData("arn:aws:ecr:us-east-1:123456789012:")]
    [InlineData("arn:aws:ecr:us-east-1:123456789012:app")]
    [InlineData("arn:aws:ecr:us-east-1:123456789012:repository")]
    [InlineData("arn:aws:ecr:us-east-1:123456789012:repository/")]
    [InlineData("arn:aws:ecr:us-east-1:123456789012:repository/*")]
    [InlineData("arn:aws:ecr:us-east-1:123456789012:repository/App")]
    [InlineData("arn:aws:ecr:us-east-1:123456789012:repository/app:v1")]
    [InlineData("arn:aws:ecr:us-east-1:123456789012:repository/app\n")]
    [InlineData("arn:aws:ecr:us-east-1:123456789012:repository:app")]
    [InlineData("arn:aws:ecr:us-east-1:12345678901:repository/app")]
    [InlineData("arn:aws:ecr:us-east-1::repository/app")]
    [InlineData("arn:aws:ecr::123456789012:repository/app")]
    [InlineData("arn:aws:ecr:*:123456789012:repository/app")]
    [InlineData("arn:aws:s3:us-east-1:123456789012:repository/app")]
    [InlineData("arn:aws:ECR:us-east-1:123456789012:repository/app")]
    [InlineData("ARN:aws:ecr:us-east-1:123456789012:repository/app")]
    [InlineData("arn:aws-cn:ecr:us-east-1:123456789012:repository/app")]
    [InlineData("arn:aws:ecr:cn-north-1:123456789012:repository/app")]
    [InlineData("arn::ecr:us-east-1:123456789012:repository/app")]
    [InlineData(" arn:aws:ecr:us-east-1:123456789012:repository/app")]
    public void Any_other_text_is_refused(string text) =>
        Assert.Equal(new ArnInvalid(text), Refusals.Of(() => RepositoryId.ParseArn(text)));

    [Fact]
    public void Random_text_is_refused_and_nothing_else_happens() => Check.QuickThrowOnFailure(Prop.ForAll(
        ArbMap.Default.ArbFor<NonNull<string>>(), text => Refusals.Of(() => RepositoryId.ParseArn(text.Get)) is ArnInvalid));
}
