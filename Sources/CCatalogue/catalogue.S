// Written by the generator (generator/README.md): links the data files into the program.
// The digests make an incremental build notice that a file has changed.
    .section .rodata
// index.json fcf6192648fd74f3
.Lfile0:
    .incbin "index.json"
.Lend0:
// services/accessanalyzer.json b643e144e00ccaf7
.Lfile1:
    .incbin "services/accessanalyzer.json"
.Lend1:
// services/account-access.json f5a64d878a3d64ae
.Lfile2:
    .incbin "services/account-access.json"
.Lend2:
// services/account.json 7a59a3a2be720b62
.Lfile3:
    .incbin "services/account.json"
.Lend3:
// services/acm-pca.json b99bb88946a2a68a
.Lfile4:
    .incbin "services/acm-pca.json"
.Lend4:
// services/acm.json 37e1af923f2a2d0f
.Lfile5:
    .incbin "services/acm.json"
.Lend5:
// services/agent-registry-control.json 2308a0aaa8f09fdc
.Lfile6:
    .incbin "services/agent-registry-control.json"
.Lend6:
// services/aiops.json 8656d93990f696da
.Lfile7:
    .incbin "services/aiops.json"
.Lend7:
// services/amp.json e28d09562852c73f
.Lfile8:
    .incbin "services/amp.json"
.Lend8:
// services/amplify.json bfa4853a8a73e4e9
.Lfile9:
    .incbin "services/amplify.json"
.Lend9:
// services/apigateway.json 6bf564b4ac6ed7bc
.Lfile10:
    .incbin "services/apigateway.json"
.Lend10:
// services/apigatewayv2.json c63d9de73c9a58d8
.Lfile11:
    .incbin "services/apigatewayv2.json"
.Lend11:
// services/appconfig.json 2497ec50ef8be671
.Lfile12:
    .incbin "services/appconfig.json"
.Lend12:
// services/appfabric.json e9b966ec56026fbf
.Lfile13:
    .incbin "services/appfabric.json"
.Lend13:
// services/appflow.json eaca71ed09a9bd9f
.Lfile14:
    .incbin "services/appflow.json"
.Lend14:
// services/appintegrations.json 2694bcc1704fa47a
.Lfile15:
    .incbin "services/appintegrations.json"
.Lend15:
// services/application-autoscaling.json b299123834761226
.Lfile16:
    .incbin "services/application-autoscaling.json"
.Lend16:
// services/application-insights.json 8c61462f27932906
.Lfile17:
    .incbin "services/application-insights.json"
.Lend17:
// services/application-signals.json beb06b3b0a9b5c24
.Lfile18:
    .incbin "services/application-signals.json"
.Lend18:
// services/applicationcostprofiler.json 526af278605b3847
.Lfile19:
    .incbin "services/applicationcostprofiler.json"
.Lend19:
// services/appmesh.json d90f017f17d79f02
.Lfile20:
    .incbin "services/appmesh.json"
.Lend20:
// services/apprunner.json c6756d25d27b90e0
.Lfile21:
    .incbin "services/apprunner.json"
.Lend21:
// services/appstream.json 8f668a202a3627a8
.Lfile22:
    .incbin "services/appstream.json"
.Lend22:
// services/appsync.json ef155b05ee079421
.Lfile23:
    .incbin "services/appsync.json"
.Lend23:
// services/arc-region-switch.json d7b11013bce7034b
.Lfile24:
    .incbin "services/arc-region-switch.json"
.Lend24:
// services/arc-zonal-shift.json 243199e230e87861
.Lfile25:
    .incbin "services/arc-zonal-shift.json"
.Lend25:
// services/artifact.json 8f7a76f972ad8554
.Lfile26:
    .incbin "services/artifact.json"
.Lend26:
// services/athena.json 3687ab7f3ab60630
.Lfile27:
    .incbin "services/athena.json"
.Lend27:
// services/auditmanager.json ced2e99a55b58657
.Lfile28:
    .incbin "services/auditmanager.json"
.Lend28:
// services/autoscaling-plans.json 722320e55a1b4c30
.Lfile29:
    .incbin "services/autoscaling-plans.json"
.Lend29:
// services/autoscaling.json b47a1d55e7545c3c
.Lfile30:
    .incbin "services/autoscaling.json"
.Lend30:
// services/b2bi.json 70100f1aab46c4a1
.Lfile31:
    .incbin "services/b2bi.json"
.Lend31:
// services/backup-gateway.json 3b859aec5b8113ec
.Lfile32:
    .incbin "services/backup-gateway.json"
.Lend32:
// services/backup.json 9ee6989a687f1fd0
.Lfile33:
    .incbin "services/backup.json"
.Lend33:
// services/backupsearch.json 1c5c92118dc594b3
.Lfile34:
    .incbin "services/backupsearch.json"
.Lend34:
// services/batch.json 37f02b776a50ab18
.Lfile35:
    .incbin "services/batch.json"
.Lend35:
// services/bcm-dashboards.json 331e28d69caeaf50
.Lfile36:
    .incbin "services/bcm-dashboards.json"
.Lend36:
// services/bcm-data-exports.json 8e774119113cf5e2
.Lfile37:
    .incbin "services/bcm-data-exports.json"
.Lend37:
// services/bcm-pricing-calculator.json 4f1e7d5e36efccbe
.Lfile38:
    .incbin "services/bcm-pricing-calculator.json"
.Lend38:
// services/bedrock-agent.json 1aebfcba3c017a61
.Lfile39:
    .incbin "services/bedrock-agent.json"
.Lend39:
// services/bedrock-agentcore-control.json de52a9528aabf2ae
.Lfile40:
    .incbin "services/bedrock-agentcore-control.json"
.Lend40:
// services/bedrock-data-automation.json f3acb28aeaba0f71
.Lfile41:
    .incbin "services/bedrock-data-automation.json"
.Lend41:
// services/bedrock.json 4c1f0772f6adf1c9
.Lfile42:
    .incbin "services/bedrock.json"
.Lend42:
// services/billing.json 5b4729cb248b62e8
.Lfile43:
    .incbin "services/billing.json"
.Lend43:
// services/billingconductor.json 8fe0d4b9c85bb879
.Lfile44:
    .incbin "services/billingconductor.json"
.Lend44:
// services/budgets.json 1f64ccb117a65fa6
.Lfile45:
    .incbin "services/budgets.json"
.Lend45:
// services/ce.json 5a1a9830c44fab8f
.Lfile46:
    .incbin "services/ce.json"
.Lend46:
// services/chatbot.json 8e81f4f40de90b62
.Lfile47:
    .incbin "services/chatbot.json"
.Lend47:
// services/chime-sdk-identity.json dc349064bb4fb3b9
.Lfile48:
    .incbin "services/chime-sdk-identity.json"
.Lend48:
// services/chime-sdk-media-pipelines.json 3bd0c92502f97247
.Lfile49:
    .incbin "services/chime-sdk-media-pipelines.json"
.Lend49:
// services/chime-sdk-voice.json d7e24c203c17155a
.Lfile50:
    .incbin "services/chime-sdk-voice.json"
.Lend50:
// services/chime.json 37df3137edc46de9
.Lfile51:
    .incbin "services/chime.json"
.Lend51:
// services/cleanrooms.json f700a360507a1b46
.Lfile52:
    .incbin "services/cleanrooms.json"
.Lend52:
// services/cleanroomsml.json 87be53ee08f479e2
.Lfile53:
    .incbin "services/cleanroomsml.json"
.Lend53:
// services/cloud9.json 2868adcbd609fbff
.Lfile54:
    .incbin "services/cloud9.json"
.Lend54:
// services/clouddirectory.json 9fee6cfaba447d68
.Lfile55:
    .incbin "services/clouddirectory.json"
.Lend55:
// services/cloudformation.json cb6af054da71cbf7
.Lfile56:
    .incbin "services/cloudformation.json"
.Lend56:
// services/cloudfront.json 469626f1627420ff
.Lfile57:
    .incbin "services/cloudfront.json"
.Lend57:
// services/cloudhsmv2.json e51a9673d4d67993
.Lfile58:
    .incbin "services/cloudhsmv2.json"
.Lend58:
// services/cloudsearch.json 6ace118d253956b1
.Lfile59:
    .incbin "services/cloudsearch.json"
.Lend59:
// services/cloudtrail.json 68ec9bbe3d049455
.Lfile60:
    .incbin "services/cloudtrail.json"
.Lend60:
// services/cloudwatch.json fafc6bc8acd91782
.Lfile61:
    .incbin "services/cloudwatch.json"
.Lend61:
// services/codeartifact.json c7ccb656c6701496
.Lfile62:
    .incbin "services/codeartifact.json"
.Lend62:
// services/codebuild.json d2fce04a33b08baf
.Lfile63:
    .incbin "services/codebuild.json"
.Lend63:
// services/codecommit.json 679ed71ac80b54a2
.Lfile64:
    .incbin "services/codecommit.json"
.Lend64:
// services/codeconnections.json e03c552382ee0ff4
.Lfile65:
    .incbin "services/codeconnections.json"
.Lend65:
// services/codedeploy.json 939753ebeeaeefd3
.Lfile66:
    .incbin "services/codedeploy.json"
.Lend66:
// services/codeguru-reviewer.json 256f6b0899cbc838
.Lfile67:
    .incbin "services/codeguru-reviewer.json"
.Lend67:
// services/codeguru-security.json 7c5b288b9a271b16
.Lfile68:
    .incbin "services/codeguru-security.json"
.Lend68:
// services/codeguruprofiler.json 9588eac738813ecd
.Lfile69:
    .incbin "services/codeguruprofiler.json"
.Lend69:
// services/codepipeline.json 8bc1bdc49fcc3762
.Lfile70:
    .incbin "services/codepipeline.json"
.Lend70:
// services/codestar-notifications.json 02ebd33b9fd8533a
.Lfile71:
    .incbin "services/codestar-notifications.json"
.Lend71:
// services/cognito-identity.json 7de8ece3c110a1f8
.Lfile72:
    .incbin "services/cognito-identity.json"
.Lend72:
// services/cognito-idp.json 0b2857c1156e6df6
.Lfile73:
    .incbin "services/cognito-idp.json"
.Lend73:
// services/comprehend.json 8576a138d884dfa0
.Lfile74:
    .incbin "services/comprehend.json"
.Lend74:
// services/compute-optimizer-automation.json 08d1009c95c48ff3
.Lfile75:
    .incbin "services/compute-optimizer-automation.json"
.Lend75:
// services/config.json 8ed6f205041df3b9
.Lfile76:
    .incbin "services/config.json"
.Lend76:
// services/connect.json 7d6e4347ffd4c0d2
.Lfile77:
    .incbin "services/connect.json"
.Lend77:
// services/connectcampaigns.json 2e8c096c79a3caf5
.Lfile78:
    .incbin "services/connectcampaigns.json"
.Lend78:
// services/connectcampaignsv2.json 2b0d36a6c3c474a3
.Lfile79:
    .incbin "services/connectcampaignsv2.json"
.Lend79:
// services/connectcases.json 76df6e7358e29cdc
.Lfile80:
    .incbin "services/connectcases.json"
.Lend80:
// services/connecthealth.json 1a3eb79b9c5d46f9
.Lfile81:
    .incbin "services/connecthealth.json"
.Lend81:
// services/continuum.json e799957c4803488f
.Lfile82:
    .incbin "services/continuum.json"
.Lend82:
// services/controlcatalog.json 7c021937490bb88a
.Lfile83:
    .incbin "services/controlcatalog.json"
.Lend83:
// services/controltower.json c0ba4798ba3bf20c
.Lfile84:
    .incbin "services/controltower.json"
.Lend84:
// services/cur.json e1890a6aa556672e
.Lfile85:
    .incbin "services/cur.json"
.Lend85:
// services/customer-profiles.json 96dd13ecb726b38e
.Lfile86:
    .incbin "services/customer-profiles.json"
.Lend86:
// services/databrew.json e884796e33616a70
.Lfile87:
    .incbin "services/databrew.json"
.Lend87:
// services/dataexchange.json 1f73683ab3d14c10
.Lfile88:
    .incbin "services/dataexchange.json"
.Lend88:
// services/datapipeline.json 87f0e5502d13f684
.Lfile89:
    .incbin "services/datapipeline.json"
.Lend89:
// services/datasync.json c8bfe713bbc478a2
.Lfile90:
    .incbin "services/datasync.json"
.Lend90:
// services/datazone.json 4f7d09c605d1a856
.Lfile91:
    .incbin "services/datazone.json"
.Lend91:
// services/dax.json f08ad87db19772a3
.Lfile92:
    .incbin "services/dax.json"
.Lend92:
// services/deadline.json fcd3137c0cd9fc80
.Lfile93:
    .incbin "services/deadline.json"
.Lend93:
// services/detective.json 2c721119572bc678
.Lfile94:
    .incbin "services/detective.json"
.Lend94:
// services/devicefarm.json 37ec4b4acb7b80ad
.Lfile95:
    .incbin "services/devicefarm.json"
.Lend95:
// services/devops-agent.json cd53285480397f31
.Lfile96:
    .incbin "services/devops-agent.json"
.Lend96:
// services/devops-guru.json 5d1970beb1faf00d
.Lfile97:
    .incbin "services/devops-guru.json"
.Lend97:
// services/directconnect.json 7cf794733eb85e52
.Lfile98:
    .incbin "services/directconnect.json"
.Lend98:
// services/discovery.json 2a1371d73eb782e2
.Lfile99:
    .incbin "services/discovery.json"
.Lend99:
// services/dlm.json 8c34d9f54e9bb055
.Lfile100:
    .incbin "services/dlm.json"
.Lend100:
// services/dms.json 1b3cc69cae6ed8a4
.Lfile101:
    .incbin "services/dms.json"
.Lend101:
// services/docdb-elastic.json 78b00de6f383c10b
.Lfile102:
    .incbin "services/docdb-elastic.json"
.Lend102:
// services/drs.json 7c5a29f510b663d8
.Lfile103:
    .incbin "services/drs.json"
.Lend103:
// services/ds.json 958aca380fec907c
.Lfile104:
    .incbin "services/ds.json"
.Lend104:
// services/dsql.json 52d5c32ba232af78
.Lfile105:
    .incbin "services/dsql.json"
.Lend105:
// services/dynamodb.json d7df12dfcb4dc243
.Lfile106:
    .incbin "services/dynamodb.json"
.Lend106:
// services/dynamodbstreams.json 778fd6692789633c
.Lfile107:
    .incbin "services/dynamodbstreams.json"
.Lend107:
// services/ec2.json 0f57faca87b23a64
.Lfile108:
    .incbin "services/ec2.json"
.Lend108:
// services/ecr-public.json dadf50bc5c078f55
.Lfile109:
    .incbin "services/ecr-public.json"
.Lend109:
// services/ecr.json 33e42c471b8c8240
.Lfile110:
    .incbin "services/ecr.json"
.Lend110:
// services/ecs.json 69f5ec92ce6fdbdb
.Lfile111:
    .incbin "services/ecs.json"
.Lend111:
// services/efs.json 8cb1456637c0811d
.Lfile112:
    .incbin "services/efs.json"
.Lend112:
// services/eks.json b68b91836e5e3af8
.Lfile113:
    .incbin "services/eks.json"
.Lend113:
// services/elasticache.json 09e33b14a014a66b
.Lfile114:
    .incbin "services/elasticache.json"
.Lend114:
// services/elasticbeanstalk.json a1cc5f39a79430d5
.Lfile115:
    .incbin "services/elasticbeanstalk.json"
.Lend115:
// services/elb.json bb2a5c1aa46ee7e6
.Lfile116:
    .incbin "services/elb.json"
.Lend116:
// services/elbv2.json fa892e7730487fc6
.Lfile117:
    .incbin "services/elbv2.json"
.Lend117:
// services/elementalinference.json 7ae38ec690163d5d
.Lfile118:
    .incbin "services/elementalinference.json"
.Lend118:
// services/emr-containers.json 9907e48105948c29
.Lfile119:
    .incbin "services/emr-containers.json"
.Lend119:
// services/emr-serverless.json 66c7ee8b4d51134c
.Lfile120:
    .incbin "services/emr-serverless.json"
.Lend120:
// services/emr.json e3dfb3e7acc4c1db
.Lfile121:
    .incbin "services/emr.json"
.Lend121:
// services/endusermessaging.json 0c0732d716b1f0d0
.Lfile122:
    .incbin "services/endusermessaging.json"
.Lend122:
// services/entityresolution.json cae812205c2cd648
.Lfile123:
    .incbin "services/entityresolution.json"
.Lend123:
// services/events.json cd6dca7efc5126e4
.Lfile124:
    .incbin "services/events.json"
.Lend124:
// services/evs.json 72976bfc5d1967a9
.Lfile125:
    .incbin "services/evs.json"
.Lend125:
// services/firehose.json 770703fcb30c420d
.Lfile126:
    .incbin "services/firehose.json"
.Lend126:
// services/fis.json ff3321fe788add0c
.Lfile127:
    .incbin "services/fis.json"
.Lend127:
// services/fms.json 23b38ec2ac7dec85
.Lfile128:
    .incbin "services/fms.json"
.Lend128:
// services/forecast.json b566bf50e40f8059
.Lfile129:
    .incbin "services/forecast.json"
.Lend129:
// services/frauddetector.json 6fbd2b1abef882e6
.Lfile130:
    .incbin "services/frauddetector.json"
.Lend130:
// services/fsx.json 3f8be2fe8fddd139
.Lfile131:
    .incbin "services/fsx.json"
.Lend131:
// services/gamelift.json ddf180ac0751e054
.Lfile132:
    .incbin "services/gamelift.json"
.Lend132:
// services/gameliftstreams.json 0f356cc16909a33b
.Lfile133:
    .incbin "services/gameliftstreams.json"
.Lend133:
// services/glacier.json 866f5f85fdb9c3ba
.Lfile134:
    .incbin "services/glacier.json"
.Lend134:
// services/globalaccelerator.json 147370167c6d4a4e
.Lfile135:
    .incbin "services/globalaccelerator.json"
.Lend135:
// services/glue.json c8f0301f9c0b16f3
.Lfile136:
    .incbin "services/glue.json"
.Lend136:
// services/grafana.json a0da0f01aa4e5a9a
.Lfile137:
    .incbin "services/grafana.json"
.Lend137:
// services/greengrassv2.json 026f391ccea410b7
.Lfile138:
    .incbin "services/greengrassv2.json"
.Lend138:
// services/groundstation.json 3e86834b0d828730
.Lfile139:
    .incbin "services/groundstation.json"
.Lend139:
// services/guardduty.json 59a7207b26e9836c
.Lfile140:
    .incbin "services/guardduty.json"
.Lend140:
// services/healthlake.json 4769a74e0e5f97b6
.Lfile141:
    .incbin "services/healthlake.json"
.Lend141:
// services/iam.json be0de6c2bfd16a38
.Lfile142:
    .incbin "services/iam.json"
.Lend142:
// services/identitystore.json 2ee7a10d6b7e584b
.Lfile143:
    .incbin "services/identitystore.json"
.Lend143:
// services/imagebuilder.json 99c0166af20afa1e
.Lfile144:
    .incbin "services/imagebuilder.json"
.Lend144:
// services/inspector.json 7eb26c668cf16e2b
.Lfile145:
    .incbin "services/inspector.json"
.Lend145:
// services/inspector2.json 4e40296f6ae2705e
.Lfile146:
    .incbin "services/inspector2.json"
.Lend146:
// services/interconnect.json 94064bbe6e4a91e1
.Lfile147:
    .incbin "services/interconnect.json"
.Lend147:
// services/internetmonitor.json a6629fd8d0c9b0a5
.Lfile148:
    .incbin "services/internetmonitor.json"
.Lend148:
// services/invoicing.json 0e7f16f039827fc1
.Lfile149:
    .incbin "services/invoicing.json"
.Lend149:
// services/iot-managed-integrations.json 116390a311b02371
.Lfile150:
    .incbin "services/iot-managed-integrations.json"
.Lend150:
// services/iot.json 6249cecead40ff0c
.Lfile151:
    .incbin "services/iot.json"
.Lend151:
// services/iotdeviceadvisor.json cf52f414ff517c95
.Lfile152:
    .incbin "services/iotdeviceadvisor.json"
.Lend152:
// services/iotfleetwise.json b5b166646d6fd6f9
.Lfile153:
    .incbin "services/iotfleetwise.json"
.Lend153:
// services/iotsecuretunneling.json 986109545051d1c9
.Lfile154:
    .incbin "services/iotsecuretunneling.json"
.Lend154:
// services/iotsitewise.json 663210611a69002e
.Lfile155:
    .incbin "services/iotsitewise.json"
.Lend155:
// services/iottwinmaker.json 0248fb11a530dcce
.Lfile156:
    .incbin "services/iottwinmaker.json"
.Lend156:
// services/iotwireless.json 7be1a6ea8d607030
.Lfile157:
    .incbin "services/iotwireless.json"
.Lend157:
// services/ivs-realtime.json 3b5579007692a610
.Lfile158:
    .incbin "services/ivs-realtime.json"
.Lend158:
// services/ivs.json 7bb7b502989cc7ae
.Lfile159:
    .incbin "services/ivs.json"
.Lend159:
// services/ivschat.json e8c0a99eabba28ae
.Lfile160:
    .incbin "services/ivschat.json"
.Lend160:
// services/kafka.json 190373e152251730
.Lfile161:
    .incbin "services/kafka.json"
.Lend161:
// services/kafkaconnect.json ab629002b1ad7496
.Lfile162:
    .incbin "services/kafkaconnect.json"
.Lend162:
// services/kendra-ranking.json aa9c2017d5b9c14b
.Lfile163:
    .incbin "services/kendra-ranking.json"
.Lend163:
// services/kendra.json fc315cb0d869efb9
.Lfile164:
    .incbin "services/kendra.json"
.Lend164:
// services/keyspaces.json 403269a976433f24
.Lfile165:
    .incbin "services/keyspaces.json"
.Lend165:
// services/keyspacesstreams.json 4c47d0501dc1702e
.Lfile166:
    .incbin "services/keyspacesstreams.json"
.Lend166:
// services/kinesis.json a69a7a7d00262be2
.Lfile167:
    .incbin "services/kinesis.json"
.Lend167:
// services/kinesisanalyticsv2.json 5ea0916dcce19f9a
.Lfile168:
    .incbin "services/kinesisanalyticsv2.json"
.Lend168:
// services/kinesisvideo.json 9def4854947cc3d9
.Lfile169:
    .incbin "services/kinesisvideo.json"
.Lend169:
// services/kms.json 6c2b931a4e1a0c27
.Lfile170:
    .incbin "services/kms.json"
.Lend170:
// services/lakeformation.json daa5d399a17a14f4
.Lfile171:
    .incbin "services/lakeformation.json"
.Lend171:
// services/lambda-core.json 377ee09c2e113032
.Lfile172:
    .incbin "services/lambda-core.json"
.Lend172:
// services/lambda-microvms.json b1afbd080b07c586
.Lfile173:
    .incbin "services/lambda-microvms.json"
.Lend173:
// services/lambda-web.json e8f957d14124a0da
.Lfile174:
    .incbin "services/lambda-web.json"
.Lend174:
// services/lambda.json 8d455914078efd18
.Lfile175:
    .incbin "services/lambda.json"
.Lend175:
// services/launch-wizard.json 8318e17aa92e0106
.Lfile176:
    .incbin "services/launch-wizard.json"
.Lend176:
// services/lexv2-models.json 86f37caf304e6c2c
.Lfile177:
    .incbin "services/lexv2-models.json"
.Lend177:
// services/license-manager-linux-subscriptions.json f5ecd59677d6edb2
.Lfile178:
    .incbin "services/license-manager-linux-subscriptions.json"
.Lend178:
// services/license-manager-user-subscriptions.json 50c6fcd4099c1a06
.Lfile179:
    .incbin "services/license-manager-user-subscriptions.json"
.Lend179:
// services/license-manager.json 3701403e8119dbe0
.Lfile180:
    .incbin "services/license-manager.json"
.Lend180:
// services/lightsail.json 9684da80faa0211e
.Lfile181:
    .incbin "services/lightsail.json"
.Lend181:
// services/location.json 80c12c9a509d0e06
.Lfile182:
    .incbin "services/location.json"
.Lend182:
// services/logs.json 39f6f5e619c02263
.Lfile183:
    .incbin "services/logs.json"
.Lend183:
// services/m2.json 11de8c500c1d2aba
.Lfile184:
    .incbin "services/m2.json"
.Lend184:
// services/machinelearning.json 1bb242b43908ec03
.Lfile185:
    .incbin "services/machinelearning.json"
.Lend185:
// services/macie2.json f52bbf409aaa88c0
.Lfile186:
    .incbin "services/macie2.json"
.Lend186:
// services/mailmanager.json 17f7a62ae191c45f
.Lfile187:
    .incbin "services/mailmanager.json"
.Lend187:
// services/managedblockchain.json 040c9fe55993244c
.Lfile188:
    .incbin "services/managedblockchain.json"
.Lend188:
// services/marketplace-agreement.json 7be067cb3f48723a
.Lfile189:
    .incbin "services/marketplace-agreement.json"
.Lend189:
// services/mediaconnect.json c967adad3ed3f446
.Lfile190:
    .incbin "services/mediaconnect.json"
.Lend190:
// services/mediaconvert.json 7695ab16eb2936dd
.Lfile191:
    .incbin "services/mediaconvert.json"
.Lend191:
// services/medialive.json d11197b100562fbc
.Lfile192:
    .incbin "services/medialive.json"
.Lend192:
// services/mediapackage-vod.json 78263558edc0838b
.Lfile193:
    .incbin "services/mediapackage-vod.json"
.Lend193:
// services/mediapackage.json f4fed78399b6daf7
.Lfile194:
    .incbin "services/mediapackage.json"
.Lend194:
// services/mediapackagev2.json b860e0f9f4fc27ee
.Lfile195:
    .incbin "services/mediapackagev2.json"
.Lend195:
// services/mediastore.json 0b51ececeae1bbdd
.Lfile196:
    .incbin "services/mediastore.json"
.Lend196:
// services/mediatailor.json f4c63ddf3908d9fa
.Lfile197:
    .incbin "services/mediatailor.json"
.Lend197:
// services/medical-imaging.json 470b34d3e485a338
.Lfile198:
    .incbin "services/medical-imaging.json"
.Lend198:
// services/memorydb.json fae51eb4b438d6b9
.Lfile199:
    .incbin "services/memorydb.json"
.Lend199:
// services/mgh.json a17630eb5244141a
.Lfile200:
    .incbin "services/mgh.json"
.Lend200:
// services/mgn.json 8d804877f6b94363
.Lfile201:
    .incbin "services/mgn.json"
.Lend201:
// services/migration-hub-refactor-spaces.json 309cfa3da1bd31fd
.Lfile202:
    .incbin "services/migration-hub-refactor-spaces.json"
.Lend202:
// services/migrationhub-config.json 7149e24da1157b8c
.Lfile203:
    .incbin "services/migrationhub-config.json"
.Lend203:
// services/migrationhuborchestrator.json ca977f1c9bfc9dbd
.Lfile204:
    .incbin "services/migrationhuborchestrator.json"
.Lend204:
// services/mpa.json ebd8d3af55a9ba21
.Lfile205:
    .incbin "services/mpa.json"
.Lend205:
// services/mq.json 659f95e20baef6e0
.Lfile206:
    .incbin "services/mq.json"
.Lend206:
// services/mwaa-serverless.json c3267ae25b82d4e2
.Lfile207:
    .incbin "services/mwaa-serverless.json"
.Lend207:
// services/mwaa.json 41dbb6c08d6a89df
.Lfile208:
    .incbin "services/mwaa.json"
.Lend208:
// services/neptune-graph.json fe4edad81de32c38
.Lfile209:
    .incbin "services/neptune-graph.json"
.Lend209:
// services/neptunedata.json 2f82284db763c5d7
.Lfile210:
    .incbin "services/neptunedata.json"
.Lend210:
// services/network-firewall.json b104138f6f056b1f
.Lfile211:
    .incbin "services/network-firewall.json"
.Lend211:
// services/network-security-manager.json b29359985342022f
.Lfile212:
    .incbin "services/network-security-manager.json"
.Lend212:
// services/networkflowmonitor.json 50783fc629a0f3c6
.Lfile213:
    .incbin "services/networkflowmonitor.json"
.Lend213:
// services/networkmanager.json 662aab025d9c0927
.Lfile214:
    .incbin "services/networkmanager.json"
.Lend214:
// services/networkmonitor.json 490eb98aed396f7b
.Lfile215:
    .incbin "services/networkmonitor.json"
.Lend215:
// services/notifications.json ef5792839431d007
.Lfile216:
    .incbin "services/notifications.json"
.Lend216:
// services/notificationscontacts.json 841887e86b28ad56
.Lfile217:
    .incbin "services/notificationscontacts.json"
.Lend217:
// services/nova-act.json 82289c842aec0538
.Lfile218:
    .incbin "services/nova-act.json"
.Lend218:
// services/oam.json 0d48759e3e1b6d6b
.Lfile219:
    .incbin "services/oam.json"
.Lend219:
// services/observabilityadmin.json 170b368126309f10
.Lfile220:
    .incbin "services/observabilityadmin.json"
.Lend220:
// services/odb.json 12cda9469c3c4b9c
.Lfile221:
    .incbin "services/odb.json"
.Lend221:
// services/omics.json 08d1763d3f243c90
.Lfile222:
    .incbin "services/omics.json"
.Lend222:
// services/opensearch.json a4ca24d7cb364569
.Lfile223:
    .incbin "services/opensearch.json"
.Lend223:
// services/opensearchmemory.json 586c64d5a62d1077
.Lfile224:
    .incbin "services/opensearchmemory.json"
.Lend224:
// services/opensearchserverless.json 00c27e1c3edae7e8
.Lfile225:
    .incbin "services/opensearchserverless.json"
.Lend225:
// services/organizations.json 00673a53a968b5d4
.Lfile226:
    .incbin "services/organizations.json"
.Lend226:
// services/osis.json ca0f5b4627c23cf2
.Lfile227:
    .incbin "services/osis.json"
.Lend227:
// services/outposts.json 6eb9731a5da1fb0b
.Lfile228:
    .incbin "services/outposts.json"
.Lend228:
// services/payment-cryptography.json 53587f2cbb7054ae
.Lfile229:
    .incbin "services/payment-cryptography.json"
.Lend229:
// services/pca-connector-ad.json f6c57cc4c57592d3
.Lfile230:
    .incbin "services/pca-connector-ad.json"
.Lend230:
// services/pca-connector-scep.json df771a216c1b26fa
.Lfile231:
    .incbin "services/pca-connector-scep.json"
.Lend231:
// services/pcs.json f2682ad092c30983
.Lfile232:
    .incbin "services/pcs.json"
.Lend232:
// services/personalize.json 16ea76e3ce08d373
.Lfile233:
    .incbin "services/personalize.json"
.Lend233:
// services/pinpoint-sms-voice-v2.json 670e5f20286e4a8d
.Lfile234:
    .incbin "services/pinpoint-sms-voice-v2.json"
.Lend234:
// services/pinpoint-sms-voice.json 385da06b5d85d8a8
.Lfile235:
    .incbin "services/pinpoint-sms-voice.json"
.Lend235:
// services/pinpoint.json 190c1fc643630350
.Lfile236:
    .incbin "services/pinpoint.json"
.Lend236:
// services/pipes.json 6b3282f85a6ad761
.Lfile237:
    .incbin "services/pipes.json"
.Lend237:
// services/polly.json 848009a4e68b75d8
.Lfile238:
    .incbin "services/polly.json"
.Lend238:
// services/pricing-plan-manager.json 2f3bb2928a9f4889
.Lfile239:
    .incbin "services/pricing-plan-manager.json"
.Lend239:
// services/qbusiness.json 70c35e5906561d91
.Lfile240:
    .incbin "services/qbusiness.json"
.Lend240:
// services/qconnect.json 53833c0e8b0fdf81
.Lfile241:
    .incbin "services/qconnect.json"
.Lend241:
// services/quicksight.json 5ac7aa1944165afb
.Lfile242:
    .incbin "services/quicksight.json"
.Lend242:
// services/ram.json 6e8c0f61009bddb9
.Lfile243:
    .incbin "services/ram.json"
.Lend243:
// services/rbin.json 08bd254a7b48ea9e
.Lfile244:
    .incbin "services/rbin.json"
.Lend244:
// services/rds.json 6ded702603afc600
.Lfile245:
    .incbin "services/rds.json"
.Lend245:
// services/redshift-serverless.json 4f59b26177cbaf90
.Lfile246:
    .incbin "services/redshift-serverless.json"
.Lend246:
// services/redshift.json a24f4c2e8f8e129d
.Lfile247:
    .incbin "services/redshift.json"
.Lend247:
// services/rekognition.json 366a645a2bd0b271
.Lfile248:
    .incbin "services/rekognition.json"
.Lend248:
// services/repostspace.json 2f36a046567dd8ac
.Lfile249:
    .incbin "services/repostspace.json"
.Lend249:
// services/resiliencehub.json d26c2b57af8e9c9a
.Lfile250:
    .incbin "services/resiliencehub.json"
.Lend250:
// services/resiliencehubv2.json 5a06a0e9ae9ab3ee
.Lfile251:
    .incbin "services/resiliencehubv2.json"
.Lend251:
// services/resource-explorer-2.json 6078a190e0e71b67
.Lfile252:
    .incbin "services/resource-explorer-2.json"
.Lend252:
// services/resource-groups.json d8429f832e9173cc
.Lfile253:
    .incbin "services/resource-groups.json"
.Lend253:
// services/resourcegroupstaggingapi.json 9f1ea846c90bd183
.Lfile254:
    .incbin "services/resourcegroupstaggingapi.json"
.Lend254:
// services/rolesanywhere.json 2eae085fde80937a
.Lfile255:
    .incbin "services/rolesanywhere.json"
.Lend255:
// services/route53-recovery-cluster.json 877ca4b3979f04cb
.Lfile256:
    .incbin "services/route53-recovery-cluster.json"
.Lend256:
// services/route53-recovery-control-config.json 513c0658b39b56e4
.Lfile257:
    .incbin "services/route53-recovery-control-config.json"
.Lend257:
// services/route53-recovery-readiness.json 6b250835bd303e73
.Lfile258:
    .incbin "services/route53-recovery-readiness.json"
.Lend258:
// services/route53.json d4bdae38a5a518df
.Lfile259:
    .incbin "services/route53.json"
.Lend259:
// services/route53domains.json cf5c43a9a9fa9924
.Lfile260:
    .incbin "services/route53domains.json"
.Lend260:
// services/route53globalresolver.json 99acd5ad7081827e
.Lfile261:
    .incbin "services/route53globalresolver.json"
.Lend261:
// services/route53profiles.json b23626e6d0683289
.Lfile262:
    .incbin "services/route53profiles.json"
.Lend262:
// services/route53resolver.json 33693f2471394e18
.Lfile263:
    .incbin "services/route53resolver.json"
.Lend263:
// services/rtbfabric.json 49be7ba76f710331
.Lfile264:
    .incbin "services/rtbfabric.json"
.Lend264:
// services/rum.json 17bedff6a3a628e0
.Lfile265:
    .incbin "services/rum.json"
.Lend265:
// services/s3.json 3f1c57e13cf5a1e5
.Lfile266:
    .incbin "services/s3.json"
.Lend266:
// services/s3control.json e16fb860be42bb93
.Lfile267:
    .incbin "services/s3control.json"
.Lend267:
// services/s3files.json 7b99aba7a2342d10
.Lfile268:
    .incbin "services/s3files.json"
.Lend268:
// services/s3outposts.json 30a28c028cc11a38
.Lfile269:
    .incbin "services/s3outposts.json"
.Lend269:
// services/s3tables.json 6fa05a8ea73d4a07
.Lfile270:
    .incbin "services/s3tables.json"
.Lend270:
// services/s3vectors.json d10724cd0cb3e9a8
.Lfile271:
    .incbin "services/s3vectors.json"
.Lend271:
// services/sagemaker-geospatial.json d9d2e408f484d262
.Lfile272:
    .incbin "services/sagemaker-geospatial.json"
.Lend272:
// services/sagemaker.json 1c7e73989c72d46d
.Lfile273:
    .incbin "services/sagemaker.json"
.Lend273:
// services/savingsplans.json da281e525e0f9601
.Lfile274:
    .incbin "services/savingsplans.json"
.Lend274:
// services/scheduler.json aebdb7adb51fc32f
.Lfile275:
    .incbin "services/scheduler.json"
.Lend275:
// services/schemas.json 50a899f2854fe420
.Lfile276:
    .incbin "services/schemas.json"
.Lend276:
// services/secretsmanager.json 0fece4120ff92280
.Lfile277:
    .incbin "services/secretsmanager.json"
.Lend277:
// services/security-ir.json 6c2ee8ccc7ff8640
.Lfile278:
    .incbin "services/security-ir.json"
.Lend278:
// services/securityagent.json d16405a036858cdc
.Lfile279:
    .incbin "services/securityagent.json"
.Lend279:
// services/securityhub.json bde68e55b89886d2
.Lfile280:
    .incbin "services/securityhub.json"
.Lend280:
// services/securitylake.json b779c1d7f7758ff2
.Lfile281:
    .incbin "services/securitylake.json"
.Lend281:
// services/serverlessrepo.json ff06b7ca4cf5dab4
.Lfile282:
    .incbin "services/serverlessrepo.json"
.Lend282:
// services/servicecatalog-appregistry.json 5b48b62cb2d540a7
.Lfile283:
    .incbin "services/servicecatalog-appregistry.json"
.Lend283:
// services/servicecatalog.json 6981cd0b0d2ead80
.Lfile284:
    .incbin "services/servicecatalog.json"
.Lend284:
// services/servicediscovery.json eac9d31990aa5fcc
.Lfile285:
    .incbin "services/servicediscovery.json"
.Lend285:
// services/ses.json 3fa76787f8b3b766
.Lfile286:
    .incbin "services/ses.json"
.Lend286:
// services/sesv2.json c77a659630f6739c
.Lfile287:
    .incbin "services/sesv2.json"
.Lend287:
// services/shield.json 5a1ebfd46503fefa
.Lfile288:
    .incbin "services/shield.json"
.Lend288:
// services/signer.json 18c7be7e1ff24c40
.Lfile289:
    .incbin "services/signer.json"
.Lend289:
// services/simpledbv2.json 69dd21e8d785a60f
.Lfile290:
    .incbin "services/simpledbv2.json"
.Lend290:
// services/snow-device-management.json 02ff1ffb93c1dce6
.Lfile291:
    .incbin "services/snow-device-management.json"
.Lend291:
// services/snowball.json b976880ddcf1f8df
.Lfile292:
    .incbin "services/snowball.json"
.Lend292:
// services/sns.json 1368216298704906
.Lfile293:
    .incbin "services/sns.json"
.Lend293:
// services/sqs.json 5664198ae6e0146c
.Lfile294:
    .incbin "services/sqs.json"
.Lend294:
// services/ssm-contacts.json a9c6e01ed7586c35
.Lfile295:
    .incbin "services/ssm-contacts.json"
.Lend295:
// services/ssm-incidents.json d43fee2ea041501c
.Lfile296:
    .incbin "services/ssm-incidents.json"
.Lend296:
// services/ssm-quicksetup.json 01cf8d7299ad15b6
.Lfile297:
    .incbin "services/ssm-quicksetup.json"
.Lend297:
// services/ssm-sap.json a4842f24d5f3520c
.Lfile298:
    .incbin "services/ssm-sap.json"
.Lend298:
// services/ssm.json f2615b265ca7524a
.Lfile299:
    .incbin "services/ssm.json"
.Lend299:
// services/sso-admin.json 47e1a1175b4163fc
.Lfile300:
    .incbin "services/sso-admin.json"
.Lend300:
// services/stepfunctions.json 492a622df12c9403
.Lfile301:
    .incbin "services/stepfunctions.json"
.Lend301:
// services/storagegateway.json 5302c0ef077398b0
.Lfile302:
    .incbin "services/storagegateway.json"
.Lend302:
// services/sts.json bd4115505afeb1ae
.Lfile303:
    .incbin "services/sts.json"
.Lend303:
// services/supplychain.json deabd83f89a27ff2
.Lfile304:
    .incbin "services/supplychain.json"
.Lend304:
// services/support-app.json ee1c0fb85b905282
.Lfile305:
    .incbin "services/support-app.json"
.Lend305:
// services/support.json 4eccccf86303cd41
.Lfile306:
    .incbin "services/support.json"
.Lend306:
// services/supportauthz.json 9593f0779f3fe8f0
.Lfile307:
    .incbin "services/supportauthz.json"
.Lend307:
// services/synthetics.json 8120192a3d3de783
.Lfile308:
    .incbin "services/synthetics.json"
.Lend308:
// services/taxsettings.json 2ce290179d2890d8
.Lfile309:
    .incbin "services/taxsettings.json"
.Lend309:
// services/textract.json c3f297687c8546bb
.Lfile310:
    .incbin "services/textract.json"
.Lend310:
// services/timestream-influxdb.json 9d1a9e77a8eac2c0
.Lfile311:
    .incbin "services/timestream-influxdb.json"
.Lend311:
// services/timestream-query.json 401a56034c9ecf42
.Lfile312:
    .incbin "services/timestream-query.json"
.Lend312:
// services/timestream-write.json 3104ddfdd48122a1
.Lfile313:
    .incbin "services/timestream-write.json"
.Lend313:
// services/transcribe.json f401f4ab15552ec4
.Lfile314:
    .incbin "services/transcribe.json"
.Lend314:
// services/transfer.json e2d1d1a1b20d121b
.Lfile315:
    .incbin "services/transfer.json"
.Lend315:
// services/translate.json 09752424a8625906
.Lfile316:
    .incbin "services/translate.json"
.Lend316:
// services/trustedadvisor.json 2fa678ebaaeed977
.Lfile317:
    .incbin "services/trustedadvisor.json"
.Lend317:
// services/verifiedpermissions.json 3f33dd35d19cefd3
.Lfile318:
    .incbin "services/verifiedpermissions.json"
.Lend318:
// services/voice-id.json ff098d686814983b
.Lfile319:
    .incbin "services/voice-id.json"
.Lend319:
// services/vpc-lattice.json acb04d7f9d764f7d
.Lfile320:
    .incbin "services/vpc-lattice.json"
.Lend320:
// services/waf-regional.json d5fcee2258bf0c17
.Lfile321:
    .incbin "services/waf-regional.json"
.Lend321:
// services/waf.json d295950c99e3718e
.Lfile322:
    .incbin "services/waf.json"
.Lend322:
// services/wafv2.json d24cdf0790002be8
.Lfile323:
    .incbin "services/wafv2.json"
.Lend323:
// services/wellarchitected.json c49873f8c72c8d0f
.Lfile324:
    .incbin "services/wellarchitected.json"
.Lend324:
// services/wickr.json a36a3ba7e61c5add
.Lfile325:
    .incbin "services/wickr.json"
.Lend325:
// services/workdocs.json 46932b46bd475d3c
.Lfile326:
    .incbin "services/workdocs.json"
.Lend326:
// services/workmail.json 6104af2f420ad5a9
.Lfile327:
    .incbin "services/workmail.json"
.Lend327:
// services/workspaces-instances.json 2b1ad4b186b1507f
.Lfile328:
    .incbin "services/workspaces-instances.json"
.Lend328:
// services/workspaces-thin-client.json 54c1889f477f14ef
.Lfile329:
    .incbin "services/workspaces-thin-client.json"
.Lend329:
// services/workspaces-web.json f94b50f7843fb8fe
.Lfile330:
    .incbin "services/workspaces-web.json"
.Lend330:
// services/workspaces.json 32d9ce77cafd38bf
.Lfile331:
    .incbin "services/workspaces.json"
.Lend331:
// services/xray.json ec3f8c853b612c13
.Lfile332:
    .incbin "services/xray.json"
.Lend332:
.Lname0:
    .asciz "index.json"
.Lname1:
    .asciz "services/accessanalyzer.json"
.Lname2:
    .asciz "services/account-access.json"
.Lname3:
    .asciz "services/account.json"
.Lname4:
    .asciz "services/acm-pca.json"
.Lname5:
    .asciz "services/acm.json"
.Lname6:
    .asciz "services/agent-registry-control.json"
.Lname7:
    .asciz "services/aiops.json"
.Lname8:
    .asciz "services/amp.json"
.Lname9:
    .asciz "services/amplify.json"
.Lname10:
    .asciz "services/apigateway.json"
.Lname11:
    .asciz "services/apigatewayv2.json"
.Lname12:
    .asciz "services/appconfig.json"
.Lname13:
    .asciz "services/appfabric.json"
.Lname14:
    .asciz "services/appflow.json"
.Lname15:
    .asciz "services/appintegrations.json"
.Lname16:
    .asciz "services/application-autoscaling.json"
.Lname17:
    .asciz "services/application-insights.json"
.Lname18:
    .asciz "services/application-signals.json"
.Lname19:
    .asciz "services/applicationcostprofiler.json"
.Lname20:
    .asciz "services/appmesh.json"
.Lname21:
    .asciz "services/apprunner.json"
.Lname22:
    .asciz "services/appstream.json"
.Lname23:
    .asciz "services/appsync.json"
.Lname24:
    .asciz "services/arc-region-switch.json"
.Lname25:
    .asciz "services/arc-zonal-shift.json"
.Lname26:
    .asciz "services/artifact.json"
.Lname27:
    .asciz "services/athena.json"
.Lname28:
    .asciz "services/auditmanager.json"
.Lname29:
    .asciz "services/autoscaling-plans.json"
.Lname30:
    .asciz "services/autoscaling.json"
.Lname31:
    .asciz "services/b2bi.json"
.Lname32:
    .asciz "services/backup-gateway.json"
.Lname33:
    .asciz "services/backup.json"
.Lname34:
    .asciz "services/backupsearch.json"
.Lname35:
    .asciz "services/batch.json"
.Lname36:
    .asciz "services/bcm-dashboards.json"
.Lname37:
    .asciz "services/bcm-data-exports.json"
.Lname38:
    .asciz "services/bcm-pricing-calculator.json"
.Lname39:
    .asciz "services/bedrock-agent.json"
.Lname40:
    .asciz "services/bedrock-agentcore-control.json"
.Lname41:
    .asciz "services/bedrock-data-automation.json"
.Lname42:
    .asciz "services/bedrock.json"
.Lname43:
    .asciz "services/billing.json"
.Lname44:
    .asciz "services/billingconductor.json"
.Lname45:
    .asciz "services/budgets.json"
.Lname46:
    .asciz "services/ce.json"
.Lname47:
    .asciz "services/chatbot.json"
.Lname48:
    .asciz "services/chime-sdk-identity.json"
.Lname49:
    .asciz "services/chime-sdk-media-pipelines.json"
.Lname50:
    .asciz "services/chime-sdk-voice.json"
.Lname51:
    .asciz "services/chime.json"
.Lname52:
    .asciz "services/cleanrooms.json"
.Lname53:
    .asciz "services/cleanroomsml.json"
.Lname54:
    .asciz "services/cloud9.json"
.Lname55:
    .asciz "services/clouddirectory.json"
.Lname56:
    .asciz "services/cloudformation.json"
.Lname57:
    .asciz "services/cloudfront.json"
.Lname58:
    .asciz "services/cloudhsmv2.json"
.Lname59:
    .asciz "services/cloudsearch.json"
.Lname60:
    .asciz "services/cloudtrail.json"
.Lname61:
    .asciz "services/cloudwatch.json"
.Lname62:
    .asciz "services/codeartifact.json"
.Lname63:
    .asciz "services/codebuild.json"
.Lname64:
    .asciz "services/codecommit.json"
.Lname65:
    .asciz "services/codeconnections.json"
.Lname66:
    .asciz "services/codedeploy.json"
.Lname67:
    .asciz "services/codeguru-reviewer.json"
.Lname68:
    .asciz "services/codeguru-security.json"
.Lname69:
    .asciz "services/codeguruprofiler.json"
.Lname70:
    .asciz "services/codepipeline.json"
.Lname71:
    .asciz "services/codestar-notifications.json"
.Lname72:
    .asciz "services/cognito-identity.json"
.Lname73:
    .asciz "services/cognito-idp.json"
.Lname74:
    .asciz "services/comprehend.json"
.Lname75:
    .asciz "services/compute-optimizer-automation.json"
.Lname76:
    .asciz "services/config.json"
.Lname77:
    .asciz "services/connect.json"
.Lname78:
    .asciz "services/connectcampaigns.json"
.Lname79:
    .asciz "services/connectcampaignsv2.json"
.Lname80:
    .asciz "services/connectcases.json"
.Lname81:
    .asciz "services/connecthealth.json"
.Lname82:
    .asciz "services/continuum.json"
.Lname83:
    .asciz "services/controlcatalog.json"
.Lname84:
    .asciz "services/controltower.json"
.Lname85:
    .asciz "services/cur.json"
.Lname86:
    .asciz "services/customer-profiles.json"
.Lname87:
    .asciz "services/databrew.json"
.Lname88:
    .asciz "services/dataexchange.json"
.Lname89:
    .asciz "services/datapipeline.json"
.Lname90:
    .asciz "services/datasync.json"
.Lname91:
    .asciz "services/datazone.json"
.Lname92:
    .asciz "services/dax.json"
.Lname93:
    .asciz "services/deadline.json"
.Lname94:
    .asciz "services/detective.json"
.Lname95:
    .asciz "services/devicefarm.json"
.Lname96:
    .asciz "services/devops-agent.json"
.Lname97:
    .asciz "services/devops-guru.json"
.Lname98:
    .asciz "services/directconnect.json"
.Lname99:
    .asciz "services/discovery.json"
.Lname100:
    .asciz "services/dlm.json"
.Lname101:
    .asciz "services/dms.json"
.Lname102:
    .asciz "services/docdb-elastic.json"
.Lname103:
    .asciz "services/drs.json"
.Lname104:
    .asciz "services/ds.json"
.Lname105:
    .asciz "services/dsql.json"
.Lname106:
    .asciz "services/dynamodb.json"
.Lname107:
    .asciz "services/dynamodbstreams.json"
.Lname108:
    .asciz "services/ec2.json"
.Lname109:
    .asciz "services/ecr-public.json"
.Lname110:
    .asciz "services/ecr.json"
.Lname111:
    .asciz "services/ecs.json"
.Lname112:
    .asciz "services/efs.json"
.Lname113:
    .asciz "services/eks.json"
.Lname114:
    .asciz "services/elasticache.json"
.Lname115:
    .asciz "services/elasticbeanstalk.json"
.Lname116:
    .asciz "services/elb.json"
.Lname117:
    .asciz "services/elbv2.json"
.Lname118:
    .asciz "services/elementalinference.json"
.Lname119:
    .asciz "services/emr-containers.json"
.Lname120:
    .asciz "services/emr-serverless.json"
.Lname121:
    .asciz "services/emr.json"
.Lname122:
    .asciz "services/endusermessaging.json"
.Lname123:
    .asciz "services/entityresolution.json"
.Lname124:
    .asciz "services/events.json"
.Lname125:
    .asciz "services/evs.json"
.Lname126:
    .asciz "services/firehose.json"
.Lname127:
    .asciz "services/fis.json"
.Lname128:
    .asciz "services/fms.json"
.Lname129:
    .asciz "services/forecast.json"
.Lname130:
    .asciz "services/frauddetector.json"
.Lname131:
    .asciz "services/fsx.json"
.Lname132:
    .asciz "services/gamelift.json"
.Lname133:
    .asciz "services/gameliftstreams.json"
.Lname134:
    .asciz "services/glacier.json"
.Lname135:
    .asciz "services/globalaccelerator.json"
.Lname136:
    .asciz "services/glue.json"
.Lname137:
    .asciz "services/grafana.json"
.Lname138:
    .asciz "services/greengrassv2.json"
.Lname139:
    .asciz "services/groundstation.json"
.Lname140:
    .asciz "services/guardduty.json"
.Lname141:
    .asciz "services/healthlake.json"
.Lname142:
    .asciz "services/iam.json"
.Lname143:
    .asciz "services/identitystore.json"
.Lname144:
    .asciz "services/imagebuilder.json"
.Lname145:
    .asciz "services/inspector.json"
.Lname146:
    .asciz "services/inspector2.json"
.Lname147:
    .asciz "services/interconnect.json"
.Lname148:
    .asciz "services/internetmonitor.json"
.Lname149:
    .asciz "services/invoicing.json"
.Lname150:
    .asciz "services/iot-managed-integrations.json"
.Lname151:
    .asciz "services/iot.json"
.Lname152:
    .asciz "services/iotdeviceadvisor.json"
.Lname153:
    .asciz "services/iotfleetwise.json"
.Lname154:
    .asciz "services/iotsecuretunneling.json"
.Lname155:
    .asciz "services/iotsitewise.json"
.Lname156:
    .asciz "services/iottwinmaker.json"
.Lname157:
    .asciz "services/iotwireless.json"
.Lname158:
    .asciz "services/ivs-realtime.json"
.Lname159:
    .asciz "services/ivs.json"
.Lname160:
    .asciz "services/ivschat.json"
.Lname161:
    .asciz "services/kafka.json"
.Lname162:
    .asciz "services/kafkaconnect.json"
.Lname163:
    .asciz "services/kendra-ranking.json"
.Lname164:
    .asciz "services/kendra.json"
.Lname165:
    .asciz "services/keyspaces.json"
.Lname166:
    .asciz "services/keyspacesstreams.json"
.Lname167:
    .asciz "services/kinesis.json"
.Lname168:
    .asciz "services/kinesisanalyticsv2.json"
.Lname169:
    .asciz "services/kinesisvideo.json"
.Lname170:
    .asciz "services/kms.json"
.Lname171:
    .asciz "services/lakeformation.json"
.Lname172:
    .asciz "services/lambda-core.json"
.Lname173:
    .asciz "services/lambda-microvms.json"
.Lname174:
    .asciz "services/lambda-web.json"
.Lname175:
    .asciz "services/lambda.json"
.Lname176:
    .asciz "services/launch-wizard.json"
.Lname177:
    .asciz "services/lexv2-models.json"
.Lname178:
    .asciz "services/license-manager-linux-subscriptions.json"
.Lname179:
    .asciz "services/license-manager-user-subscriptions.json"
.Lname180:
    .asciz "services/license-manager.json"
.Lname181:
    .asciz "services/lightsail.json"
.Lname182:
    .asciz "services/location.json"
.Lname183:
    .asciz "services/logs.json"
.Lname184:
    .asciz "services/m2.json"
.Lname185:
    .asciz "services/machinelearning.json"
.Lname186:
    .asciz "services/macie2.json"
.Lname187:
    .asciz "services/mailmanager.json"
.Lname188:
    .asciz "services/managedblockchain.json"
.Lname189:
    .asciz "services/marketplace-agreement.json"
.Lname190:
    .asciz "services/mediaconnect.json"
.Lname191:
    .asciz "services/mediaconvert.json"
.Lname192:
    .asciz "services/medialive.json"
.Lname193:
    .asciz "services/mediapackage-vod.json"
.Lname194:
    .asciz "services/mediapackage.json"
.Lname195:
    .asciz "services/mediapackagev2.json"
.Lname196:
    .asciz "services/mediastore.json"
.Lname197:
    .asciz "services/mediatailor.json"
.Lname198:
    .asciz "services/medical-imaging.json"
.Lname199:
    .asciz "services/memorydb.json"
.Lname200:
    .asciz "services/mgh.json"
.Lname201:
    .asciz "services/mgn.json"
.Lname202:
    .asciz "services/migration-hub-refactor-spaces.json"
.Lname203:
    .asciz "services/migrationhub-config.json"
.Lname204:
    .asciz "services/migrationhuborchestrator.json"
.Lname205:
    .asciz "services/mpa.json"
.Lname206:
    .asciz "services/mq.json"
.Lname207:
    .asciz "services/mwaa-serverless.json"
.Lname208:
    .asciz "services/mwaa.json"
.Lname209:
    .asciz "services/neptune-graph.json"
.Lname210:
    .asciz "services/neptunedata.json"
.Lname211:
    .asciz "services/network-firewall.json"
.Lname212:
    .asciz "services/network-security-manager.json"
.Lname213:
    .asciz "services/networkflowmonitor.json"
.Lname214:
    .asciz "services/networkmanager.json"
.Lname215:
    .asciz "services/networkmonitor.json"
.Lname216:
    .asciz "services/notifications.json"
.Lname217:
    .asciz "services/notificationscontacts.json"
.Lname218:
    .asciz "services/nova-act.json"
.Lname219:
    .asciz "services/oam.json"
.Lname220:
    .asciz "services/observabilityadmin.json"
.Lname221:
    .asciz "services/odb.json"
.Lname222:
    .asciz "services/omics.json"
.Lname223:
    .asciz "services/opensearch.json"
.Lname224:
    .asciz "services/opensearchmemory.json"
.Lname225:
    .asciz "services/opensearchserverless.json"
.Lname226:
    .asciz "services/organizations.json"
.Lname227:
    .asciz "services/osis.json"
.Lname228:
    .asciz "services/outposts.json"
.Lname229:
    .asciz "services/payment-cryptography.json"
.Lname230:
    .asciz "services/pca-connector-ad.json"
.Lname231:
    .asciz "services/pca-connector-scep.json"
.Lname232:
    .asciz "services/pcs.json"
.Lname233:
    .asciz "services/personalize.json"
.Lname234:
    .asciz "services/pinpoint-sms-voice-v2.json"
.Lname235:
    .asciz "services/pinpoint-sms-voice.json"
.Lname236:
    .asciz "services/pinpoint.json"
.Lname237:
    .asciz "services/pipes.json"
.Lname238:
    .asciz "services/polly.json"
.Lname239:
    .asciz "services/pricing-plan-manager.json"
.Lname240:
    .asciz "services/qbusiness.json"
.Lname241:
    .asciz "services/qconnect.json"
.Lname242:
    .asciz "services/quicksight.json"
.Lname243:
    .asciz "services/ram.json"
.Lname244:
    .asciz "services/rbin.json"
.Lname245:
    .asciz "services/rds.json"
.Lname246:
    .asciz "services/redshift-serverless.json"
.Lname247:
    .asciz "services/redshift.json"
.Lname248:
    .asciz "services/rekognition.json"
.Lname249:
    .asciz "services/repostspace.json"
.Lname250:
    .asciz "services/resiliencehub.json"
.Lname251:
    .asciz "services/resiliencehubv2.json"
.Lname252:
    .asciz "services/resource-explorer-2.json"
.Lname253:
    .asciz "services/resource-groups.json"
.Lname254:
    .asciz "services/resourcegroupstaggingapi.json"
.Lname255:
    .asciz "services/rolesanywhere.json"
.Lname256:
    .asciz "services/route53-recovery-cluster.json"
.Lname257:
    .asciz "services/route53-recovery-control-config.json"
.Lname258:
    .asciz "services/route53-recovery-readiness.json"
.Lname259:
    .asciz "services/route53.json"
.Lname260:
    .asciz "services/route53domains.json"
.Lname261:
    .asciz "services/route53globalresolver.json"
.Lname262:
    .asciz "services/route53profiles.json"
.Lname263:
    .asciz "services/route53resolver.json"
.Lname264:
    .asciz "services/rtbfabric.json"
.Lname265:
    .asciz "services/rum.json"
.Lname266:
    .asciz "services/s3.json"
.Lname267:
    .asciz "services/s3control.json"
.Lname268:
    .asciz "services/s3files.json"
.Lname269:
    .asciz "services/s3outposts.json"
.Lname270:
    .asciz "services/s3tables.json"
.Lname271:
    .asciz "services/s3vectors.json"
.Lname272:
    .asciz "services/sagemaker-geospatial.json"
.Lname273:
    .asciz "services/sagemaker.json"
.Lname274:
    .asciz "services/savingsplans.json"
.Lname275:
    .asciz "services/scheduler.json"
.Lname276:
    .asciz "services/schemas.json"
.Lname277:
    .asciz "services/secretsmanager.json"
.Lname278:
    .asciz "services/security-ir.json"
.Lname279:
    .asciz "services/securityagent.json"
.Lname280:
    .asciz "services/securityhub.json"
.Lname281:
    .asciz "services/securitylake.json"
.Lname282:
    .asciz "services/serverlessrepo.json"
.Lname283:
    .asciz "services/servicecatalog-appregistry.json"
.Lname284:
    .asciz "services/servicecatalog.json"
.Lname285:
    .asciz "services/servicediscovery.json"
.Lname286:
    .asciz "services/ses.json"
.Lname287:
    .asciz "services/sesv2.json"
.Lname288:
    .asciz "services/shield.json"
.Lname289:
    .asciz "services/signer.json"
.Lname290:
    .asciz "services/simpledbv2.json"
.Lname291:
    .asciz "services/snow-device-management.json"
.Lname292:
    .asciz "services/snowball.json"
.Lname293:
    .asciz "services/sns.json"
.Lname294:
    .asciz "services/sqs.json"
.Lname295:
    .asciz "services/ssm-contacts.json"
.Lname296:
    .asciz "services/ssm-incidents.json"
.Lname297:
    .asciz "services/ssm-quicksetup.json"
.Lname298:
    .asciz "services/ssm-sap.json"
.Lname299:
    .asciz "services/ssm.json"
.Lname300:
    .asciz "services/sso-admin.json"
.Lname301:
    .asciz "services/stepfunctions.json"
.Lname302:
    .asciz "services/storagegateway.json"
.Lname303:
    .asciz "services/sts.json"
.Lname304:
    .asciz "services/supplychain.json"
.Lname305:
    .asciz "services/support-app.json"
.Lname306:
    .asciz "services/support.json"
.Lname307:
    .asciz "services/supportauthz.json"
.Lname308:
    .asciz "services/synthetics.json"
.Lname309:
    .asciz "services/taxsettings.json"
.Lname310:
    .asciz "services/textract.json"
.Lname311:
    .asciz "services/timestream-influxdb.json"
.Lname312:
    .asciz "services/timestream-query.json"
.Lname313:
    .asciz "services/timestream-write.json"
.Lname314:
    .asciz "services/transcribe.json"
.Lname315:
    .asciz "services/transfer.json"
.Lname316:
    .asciz "services/translate.json"
.Lname317:
    .asciz "services/trustedadvisor.json"
.Lname318:
    .asciz "services/verifiedpermissions.json"
.Lname319:
    .asciz "services/voice-id.json"
.Lname320:
    .asciz "services/vpc-lattice.json"
.Lname321:
    .asciz "services/waf-regional.json"
.Lname322:
    .asciz "services/waf.json"
.Lname323:
    .asciz "services/wafv2.json"
.Lname324:
    .asciz "services/wellarchitected.json"
.Lname325:
    .asciz "services/wickr.json"
.Lname326:
    .asciz "services/workdocs.json"
.Lname327:
    .asciz "services/workmail.json"
.Lname328:
    .asciz "services/workspaces-instances.json"
.Lname329:
    .asciz "services/workspaces-thin-client.json"
.Lname330:
    .asciz "services/workspaces-web.json"
.Lname331:
    .asciz "services/workspaces.json"
.Lname332:
    .asciz "services/xray.json"

    .section .data.rel.ro, "aw"
    .balign 8
    .globl catalogue_files
    .type catalogue_files, @object
catalogue_files:
    .quad .Lname0, .Lfile0, .Lend0
    .quad .Lname1, .Lfile1, .Lend1
    .quad .Lname2, .Lfile2, .Lend2
    .quad .Lname3, .Lfile3, .Lend3
    .quad .Lname4, .Lfile4, .Lend4
    .quad .Lname5, .Lfile5, .Lend5
    .quad .Lname6, .Lfile6, .Lend6
    .quad .Lname7, .Lfile7, .Lend7
    .quad .Lname8, .Lfile8, .Lend8
    .quad .Lname9, .Lfile9, .Lend9
    .quad .Lname10, .Lfile10, .Lend10
    .quad .Lname11, .Lfile11, .Lend11
    .quad .Lname12, .Lfile12, .Lend12
    .quad .Lname13, .Lfile13, .Lend13
    .quad .Lname14, .Lfile14, .Lend14
    .quad .Lname15, .Lfile15, .Lend15
    .quad .Lname16, .Lfile16, .Lend16
    .quad .Lname17, .Lfile17, .Lend17
    .quad .Lname18, .Lfile18, .Lend18
    .quad .Lname19, .Lfile19, .Lend19
    .quad .Lname20, .Lfile20, .Lend20
    .quad .Lname21, .Lfile21, .Lend21
    .quad .Lname22, .Lfile22, .Lend22
    .quad .Lname23, .Lfile23, .Lend23
    .quad .Lname24, .Lfile24, .Lend24
    .quad .Lname25, .Lfile25, .Lend25
    .quad .Lname26, .Lfile26, .Lend26
    .quad .Lname27, .Lfile27, .Lend27
    .quad .Lname28, .Lfile28, .Lend28
    .quad .Lname29, .Lfile29, .Lend29
    .quad .Lname30, .Lfile30, .Lend30
    .quad .Lname31, .Lfile31, .Lend31
    .quad .Lname32, .Lfile32, .Lend32
    .quad .Lname33, .Lfile33, .Lend33
    .quad .Lname34, .Lfile34, .Lend34
    .quad .Lname35, .Lfile35, .Lend35
    .quad .Lname36, .Lfile36, .Lend36
    .quad .Lname37, .Lfile37, .Lend37
    .quad .Lname38, .Lfile38, .Lend38
    .quad .Lname39, .Lfile39, .Lend39
    .quad .Lname40, .Lfile40, .Lend40
    .quad .Lname41, .Lfile41, .Lend41
    .quad .Lname42, .Lfile42, .Lend42
    .quad .Lname43, .Lfile43, .Lend43
    .quad .Lname44, .Lfile44, .Lend44
    .quad .Lname45, .Lfile45, .Lend45
    .quad .Lname46, .Lfile46, .Lend46
    .quad .Lname47, .Lfile47, .Lend47
    .quad .Lname48, .Lfile48, .Lend48
    .quad .Lname49, .Lfile49, .Lend49
    .quad .Lname50, .Lfile50, .Lend50
    .quad .Lname51, .Lfile51, .Lend51
    .quad .Lname52, .Lfile52, .Lend52
    .quad .Lname53, .Lfile53, .Lend53
    .quad .Lname54, .Lfile54, .Lend54
    .quad .Lname55, .Lfile55, .Lend55
    .quad .Lname56, .Lfile56, .Lend56
    .quad .Lname57, .Lfile57, .Lend57
    .quad .Lname58, .Lfile58, .Lend58
    .quad .Lname59, .Lfile59, .Lend59
    .quad .Lname60, .Lfile60, .Lend60
    .quad .Lname61, .Lfile61, .Lend61
    .quad .Lname62, .Lfile62, .Lend62
    .quad .Lname63, .Lfile63, .Lend63
    .quad .Lname64, .Lfile64, .Lend64
    .quad .Lname65, .Lfile65, .Lend65
    .quad .Lname66, .Lfile66, .Lend66
    .quad .Lname67, .Lfile67, .Lend67
    .quad .Lname68, .Lfile68, .Lend68
    .quad .Lname69, .Lfile69, .Lend69
    .quad .Lname70, .Lfile70, .Lend70
    .quad .Lname71, .Lfile71, .Lend71
    .quad .Lname72, .Lfile72, .Lend72
    .quad .Lname73, .Lfile73, .Lend73
    .quad .Lname74, .Lfile74, .Lend74
    .quad .Lname75, .Lfile75, .Lend75
    .quad .Lname76, .Lfile76, .Lend76
    .quad .Lname77, .Lfile77, .Lend77
    .quad .Lname78, .Lfile78, .Lend78
    .quad .Lname79, .Lfile79, .Lend79
    .quad .Lname80, .Lfile80, .Lend80
    .quad .Lname81, .Lfile81, .Lend81
    .quad .Lname82, .Lfile82, .Lend82
    .quad .Lname83, .Lfile83, .Lend83
    .quad .Lname84, .Lfile84, .Lend84
    .quad .Lname85, .Lfile85, .Lend85
    .quad .Lname86, .Lfile86, .Lend86
    .quad .Lname87, .Lfile87, .Lend87
    .quad .Lname88, .Lfile88, .Lend88
    .quad .Lname89, .Lfile89, .Lend89
    .quad .Lname90, .Lfile90, .Lend90
    .quad .Lname91, .Lfile91, .Lend91
    .quad .Lname92, .Lfile92, .Lend92
    .quad .Lname93, .Lfile93, .Lend93
    .quad .Lname94, .Lfile94, .Lend94
    .quad .Lname95, .Lfile95, .Lend95
    .quad .Lname96, .Lfile96, .Lend96
    .quad .Lname97, .Lfile97, .Lend97
    .quad .Lname98, .Lfile98, .Lend98
    .quad .Lname99, .Lfile99, .Lend99
    .quad .Lname100, .Lfile100, .Lend100
    .quad .Lname101, .Lfile101, .Lend101
    .quad .Lname102, .Lfile102, .Lend102
    .quad .Lname103, .Lfile103, .Lend103
    .quad .Lname104, .Lfile104, .Lend104
    .quad .Lname105, .Lfile105, .Lend105
    .quad .Lname106, .Lfile106, .Lend106
    .quad .Lname107, .Lfile107, .Lend107
    .quad .Lname108, .Lfile108, .Lend108
    .quad .Lname109, .Lfile109, .Lend109
    .quad .Lname110, .Lfile110, .Lend110
    .quad .Lname111, .Lfile111, .Lend111
    .quad .Lname112, .Lfile112, .Lend112
    .quad .Lname113, .Lfile113, .Lend113
    .quad .Lname114, .Lfile114, .Lend114
    .quad .Lname115, .Lfile115, .Lend115
    .quad .Lname116, .Lfile116, .Lend116
    .quad .Lname117, .Lfile117, .Lend117
    .quad .Lname118, .Lfile118, .Lend118
    .quad .Lname119, .Lfile119, .Lend119
    .quad .Lname120, .Lfile120, .Lend120
    .quad .Lname121, .Lfile121, .Lend121
    .quad .Lname122, .Lfile122, .Lend122
    .quad .Lname123, .Lfile123, .Lend123
    .quad .Lname124, .Lfile124, .Lend124
    .quad .Lname125, .Lfile125, .Lend125
    .quad .Lname126, .Lfile126, .Lend126
    .quad .Lname127, .Lfile127, .Lend127
    .quad .Lname128, .Lfile128, .Lend128
    .quad .Lname129, .Lfile129, .Lend129
    .quad .Lname130, .Lfile130, .Lend130
    .quad .Lname131, .Lfile131, .Lend131
    .quad .Lname132, .Lfile132, .Lend132
    .quad .Lname133, .Lfile133, .Lend133
    .quad .Lname134, .Lfile134, .Lend134
    .quad .Lname135, .Lfile135, .Lend135
    .quad .Lname136, .Lfile136, .Lend136
    .quad .Lname137, .Lfile137, .Lend137
    .quad .Lname138, .Lfile138, .Lend138
    .quad .Lname139, .Lfile139, .Lend139
    .quad .Lname140, .Lfile140, .Lend140
    .quad .Lname141, .Lfile141, .Lend141
    .quad .Lname142, .Lfile142, .Lend142
    .quad .Lname143, .Lfile143, .Lend143
    .quad .Lname144, .Lfile144, .Lend144
    .quad .Lname145, .Lfile145, .Lend145
    .quad .Lname146, .Lfile146, .Lend146
    .quad .Lname147, .Lfile147, .Lend147
    .quad .Lname148, .Lfile148, .Lend148
    .quad .Lname149, .Lfile149, .Lend149
    .quad .Lname150, .Lfile150, .Lend150
    .quad .Lname151, .Lfile151, .Lend151
    .quad .Lname152, .Lfile152, .Lend152
    .quad .Lname153, .Lfile153, .Lend153
    .quad .Lname154, .Lfile154, .Lend154
    .quad .Lname155, .Lfile155, .Lend155
    .quad .Lname156, .Lfile156, .Lend156
    .quad .Lname157, .Lfile157, .Lend157
    .quad .Lname158, .Lfile158, .Lend158
    .quad .Lname159, .Lfile159, .Lend159
    .quad .Lname160, .Lfile160, .Lend160
    .quad .Lname161, .Lfile161, .Lend161
    .quad .Lname162, .Lfile162, .Lend162
    .quad .Lname163, .Lfile163, .Lend163
    .quad .Lname164, .Lfile164, .Lend164
    .quad .Lname165, .Lfile165, .Lend165
    .quad .Lname166, .Lfile166, .Lend166
    .quad .Lname167, .Lfile167, .Lend167
    .quad .Lname168, .Lfile168, .Lend168
    .quad .Lname169, .Lfile169, .Lend169
    .quad .Lname170, .Lfile170, .Lend170
    .quad .Lname171, .Lfile171, .Lend171
    .quad .Lname172, .Lfile172, .Lend172
    .quad .Lname173, .Lfile173, .Lend173
    .quad .Lname174, .Lfile174, .Lend174
    .quad .Lname175, .Lfile175, .Lend175
    .quad .Lname176, .Lfile176, .Lend176
    .quad .Lname177, .Lfile177, .Lend177
    .quad .Lname178, .Lfile178, .Lend178
    .quad .Lname179, .Lfile179, .Lend179
    .quad .Lname180, .Lfile180, .Lend180
    .quad .Lname181, .Lfile181, .Lend181
    .quad .Lname182, .Lfile182, .Lend182
    .quad .Lname183, .Lfile183, .Lend183
    .quad .Lname184, .Lfile184, .Lend184
    .quad .Lname185, .Lfile185, .Lend185
    .quad .Lname186, .Lfile186, .Lend186
    .quad .Lname187, .Lfile187, .Lend187
    .quad .Lname188, .Lfile188, .Lend188
    .quad .Lname189, .Lfile189, .Lend189
    .quad .Lname190, .Lfile190, .Lend190
    .quad .Lname191, .Lfile191, .Lend191
    .quad .Lname192, .Lfile192, .Lend192
    .quad .Lname193, .Lfile193, .Lend193
    .quad .Lname194, .Lfile194, .Lend194
    .quad .Lname195, .Lfile195, .Lend195
    .quad .Lname196, .Lfile196, .Lend196
    .quad .Lname197, .Lfile197, .Lend197
    .quad .Lname198, .Lfile198, .Lend198
    .quad .Lname199, .Lfile199, .Lend199
    .quad .Lname200, .Lfile200, .Lend200
    .quad .Lname201, .Lfile201, .Lend201
    .quad .Lname202, .Lfile202, .Lend202
    .quad .Lname203, .Lfile203, .Lend203
    .quad .Lname204, .Lfile204, .Lend204
    .quad .Lname205, .Lfile205, .Lend205
    .quad .Lname206, .Lfile206, .Lend206
    .quad .Lname207, .Lfile207, .Lend207
    .quad .Lname208, .Lfile208, .Lend208
    .quad .Lname209, .Lfile209, .Lend209
    .quad .Lname210, .Lfile210, .Lend210
    .quad .Lname211, .Lfile211, .Lend211
    .quad .Lname212, .Lfile212, .Lend212
    .quad .Lname213, .Lfile213, .Lend213
    .quad .Lname214, .Lfile214, .Lend214
    .quad .Lname215, .Lfile215, .Lend215
    .quad .Lname216, .Lfile216, .Lend216
    .quad .Lname217, .Lfile217, .Lend217
    .quad .Lname218, .Lfile218, .Lend218
    .quad .Lname219, .Lfile219, .Lend219
    .quad .Lname220, .Lfile220, .Lend220
    .quad .Lname221, .Lfile221, .Lend221
    .quad .Lname222, .Lfile222, .Lend222
    .quad .Lname223, .Lfile223, .Lend223
    .quad .Lname224, .Lfile224, .Lend224
    .quad .Lname225, .Lfile225, .Lend225
    .quad .Lname226, .Lfile226, .Lend226
    .quad .Lname227, .Lfile227, .Lend227
    .quad .Lname228, .Lfile228, .Lend228
    .quad .Lname229, .Lfile229, .Lend229
    .quad .Lname230, .Lfile230, .Lend230
    .quad .Lname231, .Lfile231, .Lend231
    .quad .Lname232, .Lfile232, .Lend232
    .quad .Lname233, .Lfile233, .Lend233
    .quad .Lname234, .Lfile234, .Lend234
    .quad .Lname235, .Lfile235, .Lend235
    .quad .Lname236, .Lfile236, .Lend236
    .quad .Lname237, .Lfile237, .Lend237
    .quad .Lname238, .Lfile238, .Lend238
    .quad .Lname239, .Lfile239, .Lend239
    .quad .Lname240, .Lfile240, .Lend240
    .quad .Lname241, .Lfile241, .Lend241
    .quad .Lname242, .Lfile242, .Lend242
    .quad .Lname243, .Lfile243, .Lend243
    .quad .Lname244, .Lfile244, .Lend244
    .quad .Lname245, .Lfile245, .Lend245
    .quad .Lname246, .Lfile246, .Lend246
    .quad .Lname247, .Lfile247, .Lend247
    .quad .Lname248, .Lfile248, .Lend248
    .quad .Lname249, .Lfile249, .Lend249
    .quad .Lname250, .Lfile250, .Lend250
    .quad .Lname251, .Lfile251, .Lend251
    .quad .Lname252, .Lfile252, .Lend252
    .quad .Lname253, .Lfile253, .Lend253
    .quad .Lname254, .Lfile254, .Lend254
    .quad .Lname255, .Lfile255, .Lend255
    .quad .Lname256, .Lfile256, .Lend256
    .quad .Lname257, .Lfile257, .Lend257
    .quad .Lname258, .Lfile258, .Lend258
    .quad .Lname259, .Lfile259, .Lend259
    .quad .Lname260, .Lfile260, .Lend260
    .quad .Lname261, .Lfile261, .Lend261
    .quad .Lname262, .Lfile262, .Lend262
    .quad .Lname263, .Lfile263, .Lend263
    .quad .Lname264, .Lfile264, .Lend264
    .quad .Lname265, .Lfile265, .Lend265
    .quad .Lname266, .Lfile266, .Lend266
    .quad .Lname267, .Lfile267, .Lend267
    .quad .Lname268, .Lfile268, .Lend268
    .quad .Lname269, .Lfile269, .Lend269
    .quad .Lname270, .Lfile270, .Lend270
    .quad .Lname271, .Lfile271, .Lend271
    .quad .Lname272, .Lfile272, .Lend272
    .quad .Lname273, .Lfile273, .Lend273
    .quad .Lname274, .Lfile274, .Lend274
    .quad .Lname275, .Lfile275, .Lend275
    .quad .Lname276, .Lfile276, .Lend276
    .quad .Lname277, .Lfile277, .Lend277
    .quad .Lname278, .Lfile278, .Lend278
    .quad .Lname279, .Lfile279, .Lend279
    .quad .Lname280, .Lfile280, .Lend280
    .quad .Lname281, .Lfile281, .Lend281
    .quad .Lname282, .Lfile282, .Lend282
    .quad .Lname283, .Lfile283, .Lend283
    .quad .Lname284, .Lfile284, .Lend284
    .quad .Lname285, .Lfile285, .Lend285
    .quad .Lname286, .Lfile286, .Lend286
    .quad .Lname287, .Lfile287, .Lend287
    .quad .Lname288, .Lfile288, .Lend288
    .quad .Lname289, .Lfile289, .Lend289
    .quad .Lname290, .Lfile290, .Lend290
    .quad .Lname291, .Lfile291, .Lend291
    .quad .Lname292, .Lfile292, .Lend292
    .quad .Lname293, .Lfile293, .Lend293
    .quad .Lname294, .Lfile294, .Lend294
    .quad .Lname295, .Lfile295, .Lend295
    .quad .Lname296, .Lfile296, .Lend296
    .quad .Lname297, .Lfile297, .Lend297
    .quad .Lname298, .Lfile298, .Lend298
    .quad .Lname299, .Lfile299, .Lend299
    .quad .Lname300, .Lfile300, .Lend300
    .quad .Lname301, .Lfile301, .Lend301
    .quad .Lname302, .Lfile302, .Lend302
    .quad .Lname303, .Lfile303, .Lend303
    .quad .Lname304, .Lfile304, .Lend304
    .quad .Lname305, .Lfile305, .Lend305
    .quad .Lname306, .Lfile306, .Lend306
    .quad .Lname307, .Lfile307, .Lend307
    .quad .Lname308, .Lfile308, .Lend308
    .quad .Lname309, .Lfile309, .Lend309
    .quad .Lname310, .Lfile310, .Lend310
    .quad .Lname311, .Lfile311, .Lend311
    .quad .Lname312, .Lfile312, .Lend312
    .quad .Lname313, .Lfile313, .Lend313
    .quad .Lname314, .Lfile314, .Lend314
    .quad .Lname315, .Lfile315, .Lend315
    .quad .Lname316, .Lfile316, .Lend316
    .quad .Lname317, .Lfile317, .Lend317
    .quad .Lname318, .Lfile318, .Lend318
    .quad .Lname319, .Lfile319, .Lend319
    .quad .Lname320, .Lfile320, .Lend320
    .quad .Lname321, .Lfile321, .Lend321
    .quad .Lname322, .Lfile322, .Lend322
    .quad .Lname323, .Lfile323, .Lend323
    .quad .Lname324, .Lfile324, .Lend324
    .quad .Lname325, .Lfile325, .Lend325
    .quad .Lname326, .Lfile326, .Lend326
    .quad .Lname327, .Lfile327, .Lend327
    .quad .Lname328, .Lfile328, .Lend328
    .quad .Lname329, .Lfile329, .Lend329
    .quad .Lname330, .Lfile330, .Lend330
    .quad .Lname331, .Lfile331, .Lend331
    .quad .Lname332, .Lfile332, .Lend332
    .quad 0, 0, 0
    .size catalogue_files, . - catalogue_files

    .section .note.GNU-stack, "", @progbits
