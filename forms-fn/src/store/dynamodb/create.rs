//! Makes the table where no template does: in the preview and in tests.

use aws_sdk_dynamodb::error::SdkError;
use aws_sdk_dynamodb::operation::create_table::CreateTableError;
use aws_sdk_dynamodb::types::{
    AttributeDefinition, BillingMode, GlobalSecondaryIndex, KeySchemaElement, KeyType, Projection,
    ProjectionType, ScalarAttributeType,
};

use super::{Store, failure};
use crate::store::{Result, StoreError, table};

const INCOMPLETE: StoreError = StoreError::Failed("table definition incomplete");

impl Store {
    /// Makes the table of [`table`] if there is none yet.
    pub async fn create_table(&self) -> Result<()> {
        let mut create = self
            .client
            .create_table()
            .table_name(&self.table)
            .billing_mode(BillingMode::PayPerRequest)
            .set_key_schema(Some(keys(table::PARTITION, table::SORT)?));
        let names = [table::PARTITION, table::SORT].into_iter();
        for name in names.chain(table::INDEXES.iter().flat_map(|i| [i.partition, i.sort])) {
            let attribute = AttributeDefinition::builder()
                .attribute_name(name)
                .attribute_type(ScalarAttributeType::S)
                .build()
                .map_err(|_| INCOMPLETE)?;
            create = create.attribute_definitions(attribute);
        }
        for index in table::INDEXES {
            create = create.global_secondary_indexes(secondary(index)?);
        }
        match create.send().await {
            Ok(_) => Ok(()),
            Err(SdkError::ServiceError(e))
                if matches!(e.err(), CreateTableError::ResourceInUseException(_)) =>
            {
                Ok(())
            }
            Err(error) => Err(failure(&error)),
        }
    }
}

fn secondary(index: &table::Index) -> Result<GlobalSecondaryIndex> {
    let projection = if index.projected.is_empty() {
        Projection::builder().projection_type(ProjectionType::KeysOnly)
    } else {
        index
            .projected
            .iter()
            .fold(Projection::builder(), |builder, name| builder.non_key_attributes(*name))
            .projection_type(ProjectionType::Include)
    };
    GlobalSecondaryIndex::builder()
        .index_name(index.name)
        .set_key_schema(Some(keys(index.partition, index.sort)?))
        .projection(projection.build())
        .build()
        .map_err(|_| INCOMPLETE)
}

fn keys(partition: &str, sort: &str) -> Result<Vec<KeySchemaElement>> {
    [(partition, KeyType::Hash), (sort, KeyType::Range)]
        .into_iter()
        .map(|(name, kind)| {
            let key = KeySchemaElement::builder().attribute_name(name).key_type(kind);
            key.build().map_err(|_| INCOMPLETE)
        })
        .collect()
}
