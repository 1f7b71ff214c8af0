import { trusted } from 'mongoose';
import type { Account } from '../domain/account.ts';
import type { Post } from '../domain/post.ts';
import { NotFound } from '../errors.ts';
import { Accounts } from '../models/account.ts';
import { Deliveries } from '../models/delivery.ts';
import { Posts } from '../models/post.ts';
import { type DeliveryHistory, deliveryHistory } from './delivery-history.ts';

export interface PlacedPost {
  post: Post;
  accounts: Pick<Account, '_id' | 'handle' | 'displayName' | 'limits'>[];
  histories: DeliveryHistory[];
}

/** A post with its accounts and the history of each of its deliveries. Throws NotFound. */
export async function findPost(id: string): Promise<PlacedPost> {
  const post = await Posts.findById(id).lean<Post>();
  if (!post) throw new NotFound('This post does not exist any more.');
  const [accounts, deliveries] = await Promise.all([
    Accounts.find({ _id: trusted({ $in: post.accounts }) })
      .select('handle displayName limits')
      .lean(),
    Deliveries.find({ post: id }).select('_id').lean(),
  ]);
  const histories = await Promise.all(deliveries.map(({ _id }) => deliveryHistory(_id)));
  return { post, accounts, histories };
}
